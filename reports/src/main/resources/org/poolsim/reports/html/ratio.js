// Device pixels of a dot, for paper. uPlot reads the ratio when the query that it watches changes: this runs before it.
const pixelRatio = (() => {
  const given = Object.getOwnPropertyDescriptor(window, 'devicePixelRatio');
  const media = window.matchMedia.bind(window);
  let watched = null;
  window.matchMedia = query => {
    const list = media(query);
    if (query.includes('dppx')) watched = list;
    return list;
  };
  return ratio => {
    if (ratio) Object.defineProperty(window, 'devicePixelRatio', {value: ratio, configurable: true});
    else if (given) Object.defineProperty(window, 'devicePixelRatio', given);
    else delete window.devicePixelRatio;
    if (watched) watched.dispatchEvent(new Event('change'));
  };
})();
