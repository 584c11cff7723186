-- Row level security lets an index be asked only by operators that cannot leak, and those of arrays may: nobody could
-- ever ask this one, and every lead that came in paid for it.
drop index leads_marks;
