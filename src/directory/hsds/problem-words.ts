import { Sentences, type Catalogue } from '../../platform/sentences.js';

/** Things of HSDS, as problems name them. */
const THINGS: Catalogue = {
  organization: 'organización', service: 'servicio', location: 'lugar', 'service at location': 'servicio en un lugar',
  address: 'dirección', phone: 'teléfono', contact: 'contacto', schedule: 'horario', program: 'programa', language: 'idioma',
  accessibility: 'accesibilidad', attribute: 'atributo', taxonomy: 'taxonomía', 'taxonomy term': 'término de taxonomía',
  'service area': 'zona de servicio', 'cost option': 'costo', 'required document': 'documento requerido', funding: 'fondo',
  'organization identifier': 'identificador de la organización', 'service capacity': 'cupo', unit: 'unidad', url: 'página web',
  metadata: 'historial', status: 'estado', type: 'tipo',
  '{count} services': '{count} servicios', '{count} service': '{count} servicio', '{count} locations': '{count} lugares',
  '{count} location': '{count} lugar', '{count} services at location': '{count} servicios en lugares',
  '{count} service at location': '{count} servicio en un lugar', '{count} phones': '{count} teléfonos', '{count} phone': '{count} teléfono',
  '{count} addresses': '{count} direcciones', '{count} address': '{count} dirección', '{count} schedules': '{count} horarios',
  '{count} schedule': '{count} horario', '{count} attributes': '{count} atributos', '{count} attribute': '{count} atributo',
  '{count} programs': '{count} programas', '{count} contacts': '{count} contactos', '{count} languages': '{count} idiomas',
  '{one}, {other}': '{one}, {other}', 'is not in the package': 'no está en el paquete', 'was left out': 'se dejó fuera',
  'was left out itself ({where})': 'también se dejó fuera ({where})', '{file} line {line}': '{file}, línea {line}',
  'metres of a map projection, now in degrees': 'metros de una proyección de mapa, ahora en grados',
  'latitude and longitude in each other’s place': 'latitud y longitud una en el lugar de la otra',
  'a longitude without its minus sign': 'una longitud sin su signo menos',
  'latitude and longitude in each other’s place and a minus sign missing': 'latitud y longitud cambiadas y sin un signo menos',
}; // prettier-ignore

const SAID: Catalogue = {
  'It says no hours; it was left out. {advice}': 'No dice ningún horario; se dejó fuera. {advice}',
  'Give opens_at and closes_at, or no row for a day that is closed.':
    'Ponga opens_at y closes_at, o ninguna fila para un día cerrado.',
  'There is no street, city or ZIP code in it; fill them in or leave the row out.':
    'No tiene calle, ciudad ni código postal; complételos o quite la fila.',
  'The same {what} stands in the package before; the repetition was left out.':
    'Lo mismo ({what}) ya está antes en el paquete; la repetición se dejó fuera.',
  'The {thing} "{key}" it belongs to is not in the package.': 'Pertenece a {thing} «{key}», que no está en el paquete.',
  'The {thing} "{key}" it belongs to was left out itself ({where}).':
    'Pertenece a {thing} «{key}», que también se dejó fuera ({where}).',
  'There is no {thing} "{key}" in the package; the link was left out, the row kept.':
    'No hay {thing} «{key}» en el paquete; se quitó el vínculo y se conservó la fila.',
  'There is no {thing} "{key}" that this belongs to.': 'No hay {thing} «{key}» a que esto pertenezca.',
  'The {thing} "{key}" was left out and took with it: {list}.':
    '{thing} «{key}» se dejó fuera y se llevó consigo: {list}.',
  'The {thing} "{key}" is not in the package and took with it: {list}.':
    '{thing} «{key}» no está en el paquete y se llevó consigo: {list}.',
  '{point} were {how}; now {now}.': '{point}: eran {how}; ahora {now}.',
  'Latitude and longitude are 0; leave them empty when they are not known.':
    'La latitud y la longitud son 0; déjelas vacías cuando no se conozcan.',
  'Only one of latitude and longitude is there; both were left out.':
    'Solo hay una de latitud y longitud; se dejaron fuera las dos.',
  '{point} lies {miles} miles from its ZIP code or city (more than {most}); it was left out. Check the point and the address.':
    '{point} está a {miles} millas de su código postal o ciudad (más de {most}); se dejó fuera. Revise el punto y la dirección.',
  '{point} is not on earth (latitude −90 to 90, longitude −180 to 180); it was left out.':
    '{point} no existe en la Tierra (latitud de −90 a 90, longitud de −180 a 180); se dejó fuera.',
  '{count} locations without an address all stand at {point}; it was left out as a geocoder’s default.':
    '{count} lugares sin dirección están todos en {point}; se dejó fuera, porque es el valor por omisión de un geocodificador.',
  '{point} lies outside the US, where all addresses of the package are; it was left out.':
    '{point} está fuera de Estados Unidos, donde están todas las direcciones del paquete; se dejó fuera.',
  'It says nothing about accessibility.': 'No dice nada de la accesibilidad.',
  '"{text}" is not a known {name}; it was taken as {instead}.':
    '«{text}» no es un valor conocido de {name}; se tomó como {instead}.',
  '"{text}" is not a known {name}; it was left out.': '«{text}» no es un valor conocido de {name}; se dejó fuera.',
  'It names no {what}; every {thing} needs one.': 'No nombra {what}; es necesario para: {thing}.',
  '{column} is empty; every {thing} needs one.': '{column} está vacío; es necesario para: {thing}.',
  'Holds several ids where one is possible; "{kept}" was kept.':
    'Tiene varios números donde solo cabe uno; se conservó «{kept}».',
  'Holds {count} addresses; only {kept} was kept.': 'Tiene {count} direcciones; solo se conservó {kept}.',
  'Holds {count} e-mail addresses; only {kept} was kept.': 'Tiene {count} correos; solo se conservó {kept}.',
  '"{text}" is not a number that can be dialled; it was kept as written.':
    '«{text}» no es un número que se pueda marcar; se conservó como está escrito.',
  '"{text}" holds {count} numbers; each became a phone of its own.':
    '«{text}» tiene {count} números; cada uno pasó a ser un teléfono.',
  'There is no number in it.': 'No hay ningún número.',
  'It is noted as not for the public, so only those who keep the directory see it. Change its words if that is wrong.':
    'Está anotado que no es para el público, así que solo lo ven quienes llevan el directorio. Cambie sus palabras si no es así.',
  'It seems to shelter survivors of violence, so its place is not shown. Correct the listing if that is wrong.':
    'Parece un refugio para sobrevivientes de violencia, así que su lugar no se muestra. Corrija la ficha si no es así.',
  'An address needs {columns}; fill in what is missing.': 'Una dirección necesita {columns}; complete lo que falta.',
  '"{text}" cannot be read as hours for certain; it was kept as text.':
    '«{text}» no se puede leer con certeza como horario; se conservó como texto.',
  'The city was empty; {city} was filled in from the ZIP code {zip}.':
    'La ciudad estaba vacía; se puso {city} según el código postal {zip}.',
  '"{city}" was written {right}, as its ZIP code has it.':
    '«{city}» se escribió {right}, como lo tiene su código postal.',
  '"{text}" is {city}; {rest} went to the street.': '«{text}» es {city}; {rest} pasó a la calle.',
  '"{text}" repeats its city, state and ZIP code; {kept} was kept.':
    '«{text}» repite su ciudad, estado y código postal; se conservó {kept}.',
  'It says that the street is not told, so its place is kept secret: no city or ZIP code came in either.':
    'Dice que la calle no se da a conocer, así que su lugar se guarda en secreto: tampoco entró la ciudad ni el código postal.',
  '"{text}" is a phone number and no hours; it was taken as the phone.':
    '«{text}» es un teléfono y no un horario; se tomó como el teléfono.',
  'It says {from} to {to}, through the night; check morning and afternoon.':
    'Dice de {from} a {to}, toda la noche; revise si es de la mañana o de la tarde.',
  'The ZIP code {zip} lies in {state}, not in {other}; check which is right.':
    'El código postal {zip} está en {state}, no en {other}; revise cuál es el correcto.',
  'It belongs to nothing; fill in {columns}.': 'No pertenece a nada; complete {columns}.',
  'It is valid to {to}, which is before it begins on {from}.':
    'Vale hasta {to}, que es antes de que empiece, el {from}.',
  '"{text}" was read as {url}.': '«{text}» se leyó como {url}.',
  '"{text}" is not a web address; write it as https://example.org.':
    '«{text}» no es una dirección web; escríbala como https://example.org.',
  '"{text}" is not an e-mail address; write it as name@example.org.':
    '«{text}» no es un correo; escríbalo como nombre@example.org.',
  'Column {column} (filled in {count} rows) has no place in the directory and was not read.':
    'La columna {column} (con datos en {count} filas) no tiene lugar en el directorio y no se leyó.',
  '{file} was not read: this kind of package has no such table.':
    '{file} no se leyó: este tipo de paquete no tiene esa tabla.',
  '{count} rows name a {thing}, but the package has no such table; {column} was left empty.':
    '{count} filas nombran: {thing}, pero el paquete no tiene esa tabla; {column} quedó vacío.',
  'None of the {services} services is linked to any of the {locations} locations: the package has no services at locations. Searches by distance will not find them.':
    'Ninguno de los {services} servicios está unido a ninguno de los {locations} lugares: el paquete no tiene servicios en lugares. Las búsquedas por distancia no los encontrarán.',
  '"{text}" is not a number; write digits only.': '«{text}» no es un número; escriba solo cifras.',
  '"{text}" is not a date; write it as 2026-01-31.': '«{text}» no es una fecha; escríbala como 2026-01-31.',
  '"{text}" is not a date and time; write it as 2026-01-31T09:00:00Z.':
    '«{text}» no es una fecha con hora; escríbala como 2026-01-31T09:00:00Z.',
  '"{text}" is not a time of day; write it as 08:30 or 17:00.':
    '«{text}» no es una hora; escríbala como 08:30 o 17:00.',
  '"{text}" names no weekdays; write them as MO,TU,WE.':
    '«{text}» no nombra días de la semana; escríbalos como MO,TU,WE.',
  '"{text}" is no weekday; write MO, TU and so on.': '«{text}» no es un día de la semana; escriba MO, TU, etc.',
  '"{text}" is no two-letter country code such as US.': '«{text}» no es un código de país de dos letras, como US.',
  '"{text}" is no currency code such as USD.': '«{text}» no es un código de moneda, como USD.',
  'the first row was kept. Give each {what} an id of its own.':
    'se conservó la primera fila. Dé a cada uno un número propio ({what}).',
  'The name has {count} characters; it was cut at {most}.': 'El nombre tiene {count} letras; se cortó en {most}.',
  'The id "{key}" stands in the package before; {advice}': 'El número «{key}» ya está antes en el paquete; {advice}',
  'The source no longer has this {thing}; it stays until a curator retires it.':
    'La fuente ya no tiene esto: {thing}; se queda hasta que un curador lo retire.',
  'The source no longer has this {thing} "{name}"; it stays until a curator retires it.':
    'La fuente ya no tiene esto: {thing} «{name}»; se queda hasta que un curador lo retire.',
  'The source no longer has {count} more rows of {thing}.': 'La fuente ya no tiene otras {count} filas de {thing}.',
  'The curator has set {field}; the source\'s "{value}" was noted beside it.':
    'El curador fijó {field}; lo de la fuente («{value}») quedó anotado al lado.',
  'The agency has set {field}; the source\'s "{value}" was noted beside it.':
    'La agencia fijó {field}; lo de la fuente («{value}») quedó anotado al lado.',
  '{count} rows of {thing} belong to services whose list a curator or the agency keeps; they were left as they are.':
    '{count} filas de {thing} son de servicios cuya lista lleva un curador o la agencia; se dejaron como están.',
  'The row has {count} cells more than the header; put texts with commas in quotes.':
    'La fila tiene {count} celdas más que el encabezado; ponga entre comillas los textos con comas.',
  'The row lacks its last {count} cells; they were taken as empty.':
    'A la fila le faltan sus últimas {count} celdas; se tomaron como vacías.',
  'The line is a total of the lines above it; it was not read.': 'La línea suma las líneas de arriba; no se leyó.',
  'The line has the names of the columns once more; it was not read.':
    'La línea repite los nombres de las columnas; no se leyó.',
  'Only one cell of the line is filled: it looks like a heading or a note, and was not read.':
    'Solo una celda de la línea tiene algo: parece un título o una nota, y no se leyó.',
  'The names of the columns were found in line {line}; what stands above them was not read.':
    'Los nombres de las columnas están en la línea {line}; lo que está arriba no se leyó.',
  '{count} lines are not in UTF-8 and were read as Windows-1252; check letters with accents.':
    '{count} líneas no están en UTF-8 y se leyeron como Windows-1252; revise las letras con acento.',
  '{count} lines had broken letters with accents, such as "Ã©"; they were put right.':
    '{count} líneas tenían mal las letras con acento, como «Ã©»; se corrigieron.',
  '"{text}" lacks its area code; it was kept as written.':
    'A «{text}» le falta el código de área; se conservó como está escrito.',
  '{file} is a workbook that cannot be read. Open it, save it as an Excel workbook (.xlsx) or each sheet as "CSV UTF-8", then send that.':
    '{file} es un libro que no se puede leer. Ábralo, guárdelo como libro de Excel (.xlsx) o cada hoja como «CSV UTF-8» y envíe eso.',
  '{file} is damaged. Open it in Excel, save it again, then send it again.':
    '{file} está dañado. Ábralo en Excel, guárdelo otra vez y envíelo de nuevo.',
  '{file} is too large a workbook. Save each sheet as "CSV UTF-8", then send those files.':
    '{file} es un libro demasiado grande. Guarde cada hoja como «CSV UTF-8» y envíe esos archivos.',
  'This is no JSON object that can be read: {error}.': 'Esto no es un objeto JSON que se pueda leer: {error}.',
};

/** Why a package as a whole cannot be read. */
const REFUSED: Catalogue = {
  'There is no file or folder at {path}.': 'No hay archivo ni carpeta en {path}.',
  '{name} is neither a folder, a zip, a CSV, a JSON, an NDJSON nor an XML file.':
    '{name} no es una carpeta ni un archivo zip, CSV, JSON, NDJSON o XML.',
  '{name} is not a zip file that can be read.': '{name} no es un archivo zip que se pueda leer.',
  'The zip holds zips in zips: unpack it, then send it again.':
    'El zip contiene zips dentro de zips: desempáquelo y envíelo otra vez.',
  '{name} in the zip is damaged. Pack it again, then send it again.':
    '{name}, en el zip, está dañado. Empáquelo y envíelo otra vez.',
  '{name} in the zip is locked with a password.': '{name}, en el zip, está protegido con contraseña.',
  'The zip holds more than {most} files.': 'El zip contiene más de {most} archivos.',
  'The zip is too large when it is unpacked.': 'El zip es demasiado grande al desempaquetarlo.',
  'The zip grows too much when it is unpacked: this is no directory.':
    'El zip crece demasiado al desempaquetarlo: esto no es un directorio.',
  'In {name} a quotation mark opens in row {row} and is never closed. Close it or take it out, then send the file again.':
    'En {name} se abren comillas en la fila {row} y no se cierran. Ciérrelas o quítelas y envíe el archivo otra vez.',
  '{name} is empty: there is no table and no listing in it.': '{name} está vacío: no tiene ninguna tabla ni ficha.',
  '{name} holds no CSV, JSON, NDJSON or XML file.': '{name} no contiene ningún archivo CSV, JSON, NDJSON o XML.',
  '{name} has no services: an HSDS package needs a services file with id and organization_id (found: {names}). For other tables give a column mapping.':
    '{name} no tiene servicios: un paquete HSDS necesita un archivo de servicios con id y organization_id (hay: {names}). Para otras tablas indique qué es cada columna.',
  '{name} is no JSON that can be read, from line {line} on: it is damaged, or only its beginning arrived.':
    '{name} no es un JSON que se pueda leer, desde la línea {line}: está dañado, o solo llegó su comienzo.',
  'Something went wrong on our side ({code}). Nothing of it was kept.':
    'Algo falló de nuestro lado ({code}). No se guardó nada.',
  'The import was cut off; nothing of it was kept.': 'La importación se interrumpió; no se guardó nada.',
  'The taxonomy has more than 8 MB.': 'La taxonomía pasa de 8 MB.',
  'The file is one object of more than 64 MB.': 'El archivo es un solo objeto de más de 64 MB.',
  'An object of more than 64 MB begins at line {line}.': 'En la línea {line} empieza un objeto de más de 64 MB.',
};

/** What an import found wrong, in Spanish: kept in English, said in the reader's language. */
export const problemWords = new Sentences([THINGS, SAID, REFUSED]);
