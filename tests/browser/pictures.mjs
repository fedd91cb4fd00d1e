// Takes the pictures of the documentation: pictures.mjs FROM TO. FROM holds what tests/browser/pictures has captured.
import { readFileSync, writeFileSync } from 'node:fs';
import { desktop, finish, open } from './browser.mjs';

const [from, to] = process.argv.slice(2);
const colours = { 31: '#e06c75', 32: '#98c379', 33: '#e5c07b', 36: '#56b6c2' };

function escaped(text) {
  return text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

// A page that looks like the terminal which got `text`.
function terminalPage(text) {
  let style = '';
  const spans = text.split(/\x1b\[([\d;]*)m/).map((part, i) => {
    if (i % 2 === 0) return part ? `<span style="${style}">${escaped(part)}</span>` : '';
    for (const code of part.split(';').map(Number)) {
      if (code === 0) style = '';
      else if (code === 1) style += 'font-weight:bold;';
      else if (code === 2) style += 'opacity:0.65;';
      else style += `color:${colours[code]};`;
    }
    return '';
  });
  return `<!DOCTYPE html><meta charset="utf-8"><style>body { margin: 0; background: #1f2127; color: #e6e6e6; }
    pre { display: inline-block; margin: 0; padding: 10px; font: 13px/16px "DejaVu Sans Mono", monospace; }</style>
    <pre>${spans.join('')}</pre>`;
}

// maxLines: as many as a reader of the documentation needs to see.
async function takeTerminal(name, maxLines) {
  const lines = readFileSync(`${from}/${name}`, 'utf8').split('\n').slice(0, maxLines);
  writeFileSync(`${from}/${name}.html`, terminalPage(lines.join('\n').trimEnd()));
  const { page, close } = await open(`${from}/${name}.html`);
  await page.locator('pre').screenshot({ path: `${to}/${name}.png` });
  await close();
}

await takeTerminal('history-terminal', 26);
await takeTerminal('comparison-terminal', 18);
await takeTerminal('errors-terminal', 12);
for (const [colorScheme, file, section] of [['light', 'week', 'main'],
  ['dark', 'compared', '[aria-labelledby=compared]']]) {
  const { page, close } = await open(`${from}/${file}.html`, { viewport: desktop, colorScheme });
  await page.evaluate((found) => {
    const top = document.querySelector(found).getBoundingClientRect().top;
    window.scrollTo(0, top - 40);
  }, section);
  await page.screenshot({ path: `${to}/history-${colorScheme}.png` });
  await close();
}
await finish();
