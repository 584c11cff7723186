-- Takes waiting actions off the timetable, all of each range of ids; what is in flight is marked, and does not come back.
--
-- It waits for nobody, so that nobody can wait in a circle. What it skips is being claimed or concluded this moment; the
-- campaign refuses that claim, and a claim refused as not planned does not come back.
--
-- A function, so that each statement is planned once for a connection: planning them anew took four times as long as
-- running them, because a range of ids always looks cheaper to plan for than it is.
create function drop_actions(tenant text, first_ids text[], last_ids text[], identity_ids text[]) returns void
language plpgsql
set search_path from current
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
as $$
begin
  for n in 1 .. cardinality(first_ids) loop
    delete from planned_actions p
    where p.tenant_id = tenant and p.action_id = any (array(
      select w.action_id from planned_actions w
      where w.tenant_id = tenant and w.action_id >= first_ids[n] and w.action_id <= last_ids[n]
      for update skip locked
    ));

    perform from identities i
    where i.tenant_id = tenant and i.identity_id = identity_ids[n]
      and i.busy_with >= first_ids[n] and i.busy_with <= last_ids[n]
    for no key update skip locked;
    if found then
      update identities i set flight_dropped = true
      where i.tenant_id = tenant and i.identity_id = identity_ids[n];
    end if;

    perform from settling_claims c
    where c.tenant_id = tenant and c.action_id >= first_ids[n] and c.action_id <= last_ids[n]
    for no key update skip locked;
    if found then
      update settling_claims c set dropped = true
      where c.tenant_id = tenant and c.action_id = any (array(
        select w.action_id from settling_claims w
        where w.tenant_id = tenant and w.action_id >= first_ids[n] and w.action_id <= last_ids[n]
        for no key update skip locked
      ));
    end if;

    -- The whole enrollment is over: its pauses are, too.
    if first_ids[n] < last_ids[n] then
      delete from paused_enrollments e
      where e.tenant_id = tenant and e.enrollment_id = split_part(first_ids[n], '.', 1);
    end if;
  end loop;
end
$$;
