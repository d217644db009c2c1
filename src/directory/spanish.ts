import type { Catalogue } from '../platform/sentences.js';

export const DIRECTORY_SPANISH: Catalogue = {
  'This number is not possible here.': 'Este número no es posible aquí.',
  'This value is not possible here.': 'Este valor no es posible aquí.',
  'There is no such entry in the directory.': 'No existe esa entrada en el directorio.',
  'The service is at this place already.': 'El servicio ya está en este lugar.',
  'Other entries still refer to it. Change or remove those first.':
    'Otras entradas todavía la usan. Primero cambie o quite esas.',
  'A ZIP code has five digits.': 'Un código postal tiene cinco dígitos.',
  'This is no state of the United States.': 'Esto no es un estado de los Estados Unidos.',
  'This is no state.': 'Esto no es un estado.',
  'There is no such agency.': 'No existe esa organización.',
  'Say which agency offers it, or name a new one.': 'Diga qué organización lo ofrece, o nombre una nueva.',
  'Say which need it meets.': 'Diga qué necesidad atiende.',
  'The youngest age lies above the oldest.': 'La edad mínima es mayor que la máxima.',
  'At most {most} characters are possible here.': 'Aquí caben {most} caracteres como máximo.',
  'This is needed.': 'Esto es necesario.',
  'There is no such list.': 'No existe esa lista.',
  'There is nothing on this list.': 'No hay nada en esta lista.',
  'This address was sent many lists today. Try again tomorrow.':
    'Hoy ya se enviaron muchas listas a esta dirección. Inténtelo mañana.',
  'A web address begins with http:// or https://.': 'Una dirección web empieza con http:// o https://.',
  'This is no e-mail address.': 'Esto no es un correo electrónico.',
  'An age lies between 0 and 150 years.': 'Una edad va de 0 a 150 años.',
  'This is no JSON.': 'Esto no es JSON.',
  'Ask the curators of the directory to take it out or put it back.':
    'Pida a quienes cuidan el directorio que lo retiren o lo repongan.',
  'At most {most} units are possible.': 'Son posibles {most} unidades como máximo.',
  'A number from 0 is expected.': 'Se espera un número a partir de 0.',
  'More are free than there are.': 'Hay más libres que en total.',
  'There was no address before. Correct it instead.': 'Antes no había dirección. Corríjala.',
  'It was changed again since. Take that back first.': 'Se cambió de nuevo después. Deshaga eso primero.',
  'This change cannot be taken back. Correct the listing instead.':
    'Este cambio no se puede deshacer. Corrija la ficha.',
  'Only the curators of the directory can take this back.': 'Solo quienes cuidan el directorio pueden deshacer esto.',
  'This is no phone number that can be called.': 'A este número de teléfono no se puede llamar.',
  'A language is given as an ISO 639 code such as es.': 'Un idioma se indica con un código ISO 639, como es.',
  'Someone has decided this already.': 'Alguien ya lo decidió.',
  'This was not turned down.': 'Esto no fue rechazado.',
  'Somebody has said so again: it is open already.': 'Alguien lo volvió a decir: ya está abierto.',
  'Nothing would change. Say what should stand there, or turn it down.':
    'Nada cambiaría. Diga qué debe figurar ahí, o rechácela.',
  'Say in a few words what is wrong.': 'Diga en pocas palabras qué está mal.',
  'That is what the listing says already.': 'Eso es lo que la ficha ya dice.',
  'This field was not asked for.': 'Este dato no se preguntó.',
  'Say that it is no longer offered: the curators take it out.':
    'Diga que ya no se ofrece: quienes cuidan el directorio lo retiran.',
  'This link no longer works. Ask the directory for a new one.':
    'Este enlace ya no sirve. Pida uno nuevo al directorio.',
  'You keep this listing already.': 'Usted ya lleva esta ficha.',
  'Call the listed number first, and write down who answered.':
    'Llame antes al número que figura y anote quién respondió.',
  'A person has to approve this, not a program.': 'Esto lo debe aprobar una persona, no un programa.',
  'These are one listing already.': 'Ya son una sola ficha.',
  'One of them was merged already.': 'Una de ellas ya se unió.',
  'One of them has a place that must stay secret. Make both secret first.':
    'Una de ellas tiene un lugar que debe quedar en secreto. Haga antes secretas las dos.',
  'This merge was taken back already.': 'Esta unión ya se deshizo.',
  'This merge cannot be taken back.': 'Esta unión no se puede deshacer.',
  'Take back the later merge first.': 'Deshaga antes la unión posterior.',
  'This field cannot be taken over.': 'Este dato no se puede tomar.',
  'Say where the listings come from.': 'Diga de dónde vienen las fichas.',
  'Say which column holds the name of the service or of the organization.':
    'Diga qué columna tiene el nombre del servicio o de la organización.',
  'Only what was tried without a failure can be imported.': 'Solo se puede traer lo que se probó sin fallos.',
  'The file is no longer here. Send it again.': 'El archivo ya no está aquí. Envíelo otra vez.',
  'A column can be read only as one of the things that are offered.':
    'Una columna solo puede leerse como una de las cosas que se ofrecen.',
  'The file is no longer on this machine. Send it again.': 'El archivo ya no está en esta máquina. Envíelo otra vez.',
  'More has come in since you looked. Look again.': 'Ha llegado más desde que miró. Mire otra vez.',
  'You may not import.': 'No puede traer directorios.',
  'An id, name, at and total are expected.': 'Se esperan id, name, at y total.',
  'The file is expected as the body.': 'Se espera el archivo en el cuerpo.',
  'There is no such import.': 'No existe esa importación.',
  'No longer listed by {source}.': 'Ya no figura en {source}.',
  'Only .zip, .csv, .tsv, .json, .geojson, .ndjson and .xml files can be imported.':
    'Solo se pueden traer archivos .zip, .csv, .tsv, .json, .geojson, .ndjson y .xml.',
  'This is an Excel workbook. Open it, save each sheet as CSV UTF-8, then send those files.':
    'Esto es un libro de Excel. Ábralo, guarde cada hoja como CSV UTF-8 y envíe esos archivos.',
  'The file is larger than 1 GB.': 'El archivo pasa de 1 GB.',
  'The file is empty.': 'El archivo está vacío.',
  'Too many files wait to be imported. Try again later.': 'Demasiados archivos esperan. Inténtelo más tarde.',
  'The next part begins at {bytes}.': 'La parte siguiente empieza en {bytes}.',
  'More was sent than was announced.': 'Se envió más de lo anunciado.',
  'The file is no {kind}, whatever its name says.': 'El archivo no es {kind}, diga lo que diga su nombre.',
  'Say at least one thing to look for.': 'Diga al menos una cosa que se deba buscar.',
  'At most {most} are possible.': 'Son posibles {most} como máximo.',
  '“{words}” cannot be looked for.': '«{words}» no se puede buscar.',
  'Letters are needed.': 'Hacen falta letras.',
  'This phrase is there already: change it.': 'Esta frase ya está: cámbiela.',
  'A rule is not filled in, or cannot be so. Look at the notes beside the rules.':
    'Una regla está incompleta o no puede ser así. Vea las notas junto a las reglas.',
};
