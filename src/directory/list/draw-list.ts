import { createRequire } from 'node:module';
import PdfKit from 'pdfkit';
import { create } from 'qrcode';
import { fill, type Language, type Words } from '../../platform/words.js';
import type { Card } from './card.js';
import { LIST_WORDS } from './list-words.js';

const fontOf = (name: string): string => createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`);
const [REGULAR, BOLD] = [fontOf('DejaVuSans'), fontOf('DejaVuSans-Bold')];
const MARGIN = 54;
const QR_SIZE = 110;
const INK = '#1b1b1b';
const SOFT = '#4a4a4a';

type Pdf = InstanceType<typeof PdfKit>;
interface List {
  cards: readonly Card[];
  link: string;
  language: Language;
  on: Date;
}

const dayIn = (language: Language, day: Date): string =>
  new Intl.DateTimeFormat(language === 'es' ? 'es-US' : 'en-US', { dateStyle: 'long', timeZone: 'UTC' }).format(day);

/** Marks, joiners and what no font shows; a listing's words must not draw over the page. */
const printable = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** Squares of a QR code at a place of the page, with the quiet zone around them that readers need. */
function drawCode(pdf: Pdf, link: string, left: number, top: number): void {
  const { modules } = create(link, { errorCorrectionLevel: 'M' });
  const side = QR_SIZE / (modules.size + 4);
  pdf.fillColor('#000000');
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      // Half a hair wider than its cell, so that no white lines show between squares.
      if (modules.get(row, column)) {
        pdf.rect(left + (column + 2) * side, top + (row + 2) * side, side + 0.1, side + 0.1);
      }
    }
  }
  pdf.fill();
}

/** How high a card will be, roughly: it does not break across pages while it fits on one. */
function heightOf(pdf: Pdf, rows: readonly string[]): number {
  pdf.font(REGULAR).fontSize(11);
  const width = pdf.page.width - 2 * MARGIN;
  return rows.reduce((sum, row) => sum + pdf.heightOfString(row, { width, lineGap: 2 }), 40);
}

function rowsOf(card: Card, language: Language): { label: string | null; text: string }[] {
  const row = (label: Words, text: string | null | undefined) =>
    text ? [{ label: label[language], text: printable(text).slice(0, 600) }] : [];
  const checked = card.checkedOn
    ? fill(LIST_WORDS.checked, { day: dayIn(language, new Date(`${card.checkedOn}T12:00:00Z`)) })[language]
    : LIST_WORDS.unchecked[language];
  return [
    ...(card.offered ? [] : [{ label: null, text: LIST_WORDS.ended[language] }]),
    ...(card.alert ? [{ label: null, text: printable(card.alert).slice(0, 600) }] : []),
    ...row(LIST_WORDS.phone, card.phones.join(', ')),
    ...card.addresses.flatMap((address) => row(LIST_WORDS.where, address)),
    ...row(LIST_WORDS.when, card.hours.join('; ')),
    ...row(LIST_WORDS.cost, card.cost),
    ...row(LIST_WORDS.bring, card.bring.join(', ')),
    ...row(LIST_WORDS.apply, card.apply),
    { label: null, text: checked },
  ];
}

function drawCard(pdf: Pdf, root: PDFKit.PDFStructureElement, card: Card, language: Language): void {
  const rows = rowsOf(card, language);
  const needed = heightOf(
    pdf,
    rows.map(({ label, text }) => `${label ?? ''}: ${text}`),
  );
  const room = pdf.page.height - MARGIN;
  if (pdf.y + needed > room && needed < room - MARGIN) pdf.addPage();
  const section = pdf.struct('Sect');
  section.add(
    pdf.struct('H2', {}, () => {
      pdf.font(BOLD).fontSize(14).fillColor(INK).text(printable(card.name), MARGIN);
    }),
  );
  section.add(
    pdf.struct('P', {}, () => {
      pdf.font(REGULAR).fontSize(11).fillColor(SOFT).text(printable(card.agency)).moveDown(0.3);
    }),
  );
  for (const { label, text } of rows) {
    section.add(
      pdf.struct('P', {}, () => {
        pdf.fillColor(INK).fontSize(11);
        if (label) pdf.font(BOLD).text(`${label}: `, { continued: true, lineGap: 2 });
        pdf.font(REGULAR).text(text, { lineGap: 2 });
      }),
    );
  }
  section.end();
  root.add(section);
  pdf.moveDown(1);
}

/** A list as a PDF on US letter paper: tagged for screen readers, with fonts of its own for every accent. */
export function drawList({ cards, link, language, on }: List): Promise<Buffer> {
  const pdf = new PdfKit({
    size: 'LETTER',
    margin: MARGIN,
    bufferPages: true,
    tagged: true,
    pdfVersion: '1.7',
    lang: language === 'es' ? 'es-US' : 'en-US',
    displayTitle: true,
    info: { Title: LIST_WORDS.title[language], CreationDate: on, ModDate: on },
  });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise<Buffer>((resolve, reject) => {
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
  });
  const right = pdf.page.width - MARGIN - QR_SIZE;
  const width = right - MARGIN - 12;
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  const head = pdf.struct('Sect');
  head.add(
    pdf.struct('H1', {}, () => {
      pdf.font(BOLD).fontSize(22).fillColor(INK).text(LIST_WORDS.title[language], MARGIN, MARGIN, { width });
    }),
  );
  for (const words of [fill(LIST_WORDS.printed, { day: dayIn(language, on) }), LIST_WORDS.before, LIST_WORDS.scan]) {
    head.add(
      pdf.struct('P', {}, () => {
        pdf.font(REGULAR).fontSize(11).fillColor(SOFT).text(words[language], { width, lineGap: 2 });
      }),
    );
  }
  head.add(pdf.struct('Figure', { alt: LIST_WORDS.scan[language] }, [() => drawCode(pdf, link, right, MARGIN - 12)]));
  head.end();
  root.add(head);
  pdf.x = MARGIN;
  pdf.y = Math.max(pdf.y, MARGIN + QR_SIZE) + 8;
  for (const card of cards) drawCard(pdf, root, card, language);
  root.end();
  numberPages(pdf, language);
  pdf.end();
  return done;
}

function numberPages(pdf: Pdf, language: Language): void {
  const { count } = pdf.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    pdf.switchToPage(page);
    const words = fill(LIST_WORDS.page, { page: page + 1, pages: count })[language];
    // Below the margin a text would open a new page.
    pdf.page.margins.bottom = 0;
    pdf.markContent('Artifact', { type: 'Pagination' });
    pdf
      .font(REGULAR)
      .fontSize(9)
      .fillColor(SOFT)
      .text(words, MARGIN, pdf.page.height - 36, { lineBreak: false });
    pdf.endMarkedContent();
  }
}
