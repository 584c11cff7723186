import type { ColumnField } from './columns.js';

/**
 * Header names without case, accents, spaces and punctuation, best source first: LinkedIn's export, Sales Navigator
 * exporters (Evaboot, PhantomBuster, Wiza, Apollo), HubSpot, Salesforce, Waalaxy, Dripify, lemlist, Expandi,
 * Linked Helper, Dux-Soup, La Growth Machine, and the plain words of a few languages.
 */
export const synonyms: Readonly<Record<ColumnField, readonly string[]>> = {
  firstName: words(
    'firstname first givenname forename fname contactfirstname prospectfirstname leadfirstname',
    'prenom vorname nombre nome voornaam imie',
  ),
  lastName: words(
    'lastname last surname familyname lname contactlastname prospectlastname leadlastname',
    'nom nachname apellido apellidos cognome achternaam nazwisko sobrenome',
  ),
  fullName: words(
    'fullname name contactname prospectname leadname personname profilename displayname',
    'nomcomplet vollstandigername nombrecompleto nomecompleto',
  ),
  // A public address serves every provider, so it goes before one of Sales Navigator.
  linkedinUrl: words(
    'linkedinurl linkedinprofileurl linkedinpublicurl linkedinurlpublic publiclinkedinurl',
    'publicprofileurl personlinkedinurl contactlinkedinurl prospectlinkedinurl leadlinkedinurl',
    'hslinkedinurl linkedinprofile linkedinprofilelink linkedinlink linkedincontactprofileurl',
    'linkedinpersonalurl defaultprofileurl linkedin linkedinbio personalinkedin lilinkedin',
    'profileurl profilelink profileuri memberurl contactprofileurl urlprofil profilurl',
    'linkedinurlsalesnav linkedinsalesnavigatorurl salesnavigatorurl salesnavigatorprofileurl',
    'prospectsalesnavigatorurl salesnavurl salesnavigatorlink linkedinsalesnavurl',
    'profile link url',
  ),
  companyName: words(
    'companyname company currentcompany currentcompanyname organization organisation',
    'organizationname accountname employer prospectcompany leadcompany associatedcompany',
    'linkedincompanyname companynameforemails unternehmen firma entreprise societe empresa azienda',
    'bedrijf',
  ),
  title: words(
    'title jobtitle position currentposition currentjobtitle currentjob currentcompanyposition',
    'currenttitle role jobrole prospectposition prospectjobtitle leadtitle linkedinjobtitle job',
    'occupation poste fonction cargo puesto funktion berufsbezeichnung functie',
  ),
  email: words(
    'email emailaddress mail workemail professionalemail businessemail corporateemail proemail',
    'emailpro primaryemail contactemail email1 personalemail linkedinemail courriel correo',
    'adresseemail emailadresse',
  ),
  timeZone: words('timezone tz hstimezone leadtimezone contacttimezone zeitzone fuseauhoraire'),
  pickedSource: words(
    'pickedsource intentsource leadsource source foundin origin herkunft origine fuente',
  ),
  pickedBecause: words('pickedbecause intentreason reasonpicked whypicked whythisperson'),
  companyWebsite: words(
    'companywebsite website companyurl companydomain domain companywebsiteurl websiteurl',
    'corporatewebsite accountwebsite homepage webseite siteweb sitioweb',
  ),
};

function words(...lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.split(' '));
}
