import { mapColumns, missingColumns } from './columns.js';

// Header rows as the tools write them.
const exports: readonly (readonly [tool: string, header: string, ...fields: string[]])[] = [
  ['LinkedIn', 'First Name,Last Name,URL,Email Address,Company,Position,Connected On'],
  ['HubSpot', 'First Name,Last Name,Email,LinkedIn URL,Company Name,Job Title,Time Zone'],
  ['Salesforce', 'FirstName,LastName,Title,Account Name,Email,LinkedIn_Profile__c'],
  ['Waalaxy', 'firstName,lastName,linkedinUrl,occupation,company_name,professionalEmail'],
  ['Dripify', 'First name,Last name,Company,Position,LinkedIn profile,Corporate email'],
  ['lemlist', 'email,firstName,lastName,linkedinUrl,companyName,jobTitle,timezone'],
  ['PhantomBuster', 'profileUrl,fullName,firstName,lastName,companyName,title,defaultProfileUrl'],
  ['Evaboot', 'First Name,Last Name,Current Job,Company Name,Email,Linkedin URL Public'],
  ['Apollo', 'First Name,Last Name,Title,Company,Email,Person Linkedin Url,Company Linkedin Url'],
  ['Wiza', 'full_name,title,company,email,linkedin_profile_url'],
  ['Expandi', 'profile_link,first_name,last_name,company_name,job_title'],
  ['Linked Helper', 'profile_url,first_name,last_name,current_company,current_company_position'],
];

describe('The header of an export', () => {
  it.each(exports)('of %s is understood', (_, header) => {
    const mapping = mapColumns(header.split(','));
    expect(missingColumns(mapping)).toEqual([]);
    expect(mapping.sources.companyName).toHaveLength(1);
    expect(mapping.sources.title).toHaveLength(1);
  });

  it('keeps where and why a person was picked, and the website of their company (S3-14, F056, F054)', () => {
    const header = ['Intent Source', 'intent_reason', 'Website', 'Company Domain'];
    const { sources, custom } = mapColumns(header);
    expect([sources.pickedSource, sources.pickedBecause]).toEqual([[0], [1]]);
    expect(sources.companyWebsite).toEqual([2, 3]);
    expect(custom).toEqual([]);
  });

  it('keeps another word on where a person comes from beside it, not in its place (S3-14, F056, P25)', () => {
    const header = ['Lead Source', 'intentSource', 'Origin'];
    const { sources, custom } = mapColumns(header);
    expect(sources.pickedSource).toEqual([1]);
    expect(custom).toEqual([
      { key: 'lead_source', index: 0 },
      { key: 'origin', index: 2 },
    ]);
    const wanted = mapColumns(header, { Origin: 'pickedSource' });
    expect(wanted.sources.pickedSource).toEqual([2]);
    expect(wanted.custom.map(({ key }) => key)).toEqual(['lead_source', 'intent_source']);
  });

  it('offers the public address before the one of Sales Navigator', () => {
    const { sources } = mapColumns(['profileUrl', 'name', 'defaultProfileUrl']);
    expect(sources.linkedinUrl).toEqual([2, 0]);
  });

  it("never takes a company's address for a person's", () => {
    const mapping = mapColumns(['name', 'Company Linkedin Url']);
    expect(missingColumns(mapping)).toEqual(['linkedin_url']);
  });

  it('keeps columns of one name apart', () => {
    const { custom } = mapColumns(['Note', 'note', '', '']);
    expect(custom.map(({ key }) => key)).toEqual(['note', 'note_2', 'column_3', 'column_4']);
  });
});
