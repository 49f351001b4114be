// The contrast of each piece of text in some elements with what lies behind it: browser.py, Page.contrasts.
// It paints what lies behind a text, from the page up, then the text's own colour: the browser itself mixes them.
outputs => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const paint = colours => {
    for (const colour of ["white", ...colours]) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const linear = v => v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4;
  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const behind = element => element
    ? [...behind(element.parentElement), getComputedStyle(element).backgroundColor] : [];
  const holdsText = element => [...element.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.data.trim());
  const ratio = element => {
    const ground = behind(element);
    const pair = [paint(ground), paint([...ground, getComputedStyle(element).color])].map(luminance);
    return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
  };
  return outputs.flatMap(o => [o, ...o.querySelectorAll("*")]).filter(holdsText).map(ratio);
}
