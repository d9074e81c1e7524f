
(() => {
  "use strict";
  const shade = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const narrow = () => window.innerWidth < 560;
  const drawn = new Map();

  const plain = (v) => {
    const size = Math.abs(v);
    if (size !== 0 && (size < 1e-4 || size >= 1e15)) return v.toExponential(2);
    if (size < 1000) return String(Number(v.toPrecision(4)));
    return String(Math.round(v)).replace(/\B(?=(\d{3})+$)/g, "\u202f");
  };
  const short = (v) => {
    const size = Math.abs(v);
    for (const [unit, sign] of [[1e9, "G"], [1e6, "M"], [1e3, "k"]]) {
      if (size >= unit) return Number((v / unit).toPrecision(3)) + sign;
    }
    return plain(v);
  };
  const percent = (v) => Number((100 * v).toPrecision(3)) + " %";
  // In the middle: names often differ at their ends.
  const cut = (text, most) => {
    const tail = Math.floor((most - 1) / 2);
    return text.length > most ? text.slice(0, most - 1 - tail) + "…" + text.slice(-tail) : text;
  };

  function axis(spec, extra) {
    return Object.assign({
      min: spec.from, max: spec.to,
      title: { display: spec.name !== "", text: spec.name, color: shade("--soft"), font: { size: 11 } },
      grid: { color: shade("--line"), drawTicks: false }, border: { display: false },
      ticks: {
        color: shade("--soft"), font: { size: 11 }, padding: 6, maxTicksLimit: 6, maxRotation: 0,
        callback: (v) => (spec.share ? percent(v) : short(v)),
      },
    }, extra);
  }

  function categoryAxis(spec, room) {
    const sideways = spec.kind === "HORIZONTAL_BARS";
    const binned = spec.kind === "HISTOGRAM";
    const base = axis(spec.x, { grid: { display: false } });
    delete base.min;
    delete base.max;
    base.title.display = false;
    base.ticks.autoSkip = !sideways;
    base.ticks.maxTicksLimit = sideways ? undefined : room < 420 ? 4 : room < 640 ? 5 : 8;
    base.ticks.callback = function (i) {
      const name = this.getLabelForValue(i);
      return cut(binned ? name.split(" to ")[0] : name, sideways ? (narrow() ? 22 : 40) : 16);
    };
    return base;
  }

  function dataset(spec, series, i, many) {
    const line = spec.kind === "LINES" || spec.kind === "CURVES" || series.reference;
    const tone = series.reference ? shade("--soft") : shade("--c" + (i % 6));
    const set = { label: series.name, borderColor: tone, backgroundColor: line ? tone : tone + "cc" };
    set.data = spec.kind === "CURVES" ? series.x.map((x, k) => ({ x, y: series.y[k] })) : series.y;
    if (line) {
      const dots = !series.reference && series.y.length <= 40;
      Object.assign(set, {
        type: spec.kind === "CURVES" ? "scatter" : "line", showLine: true, spanGaps: false,
        borderWidth: series.reference ? 1 : 2, borderDash: series.reference ? [5, 4] : [],
        pointRadius: dots ? 2.5 : 0, pointHitRadius: 12, tension: 0,
      });
    } else {
      Object.assign(set, {
        barPercentage: spec.kind === "HISTOGRAM" ? 1 : many ? 0.9 : 0.75,
        categoryPercentage: spec.kind === "HISTOGRAM" ? 0.96 : 0.85,
        borderRadius: spec.kind === "HISTOGRAM" ? 1 : 3, borderWidth: 0,
      });
    }
    return set;
  }

  function tooltip(spec) {
    const write = (a, v) => (a.share ? percent(v) : plain(v));
    return {
      displayColors: spec.series.length > 1,
      callbacks: {
        title: (items) => (spec.kind === "CURVES" ? spec.x.name + " " + write(spec.x, items[0].parsed.x) : items[0].label),
        label: (item) => {
          const v = spec.kind === "HORIZONTAL_BARS" ? item.parsed.x : item.parsed.y;
          return item.dataset.label + ": " + write(spec.y, v);
        },
      },
    };
  }

  function config(spec, room) {
    const sideways = spec.kind === "HORIZONTAL_BARS";
    const curves = spec.kind === "CURVES";
    const values = axis(spec.y, curves || spec.kind === "LINES" ? {} : { beginAtZero: true });
    const along = curves ? axis(spec.x, { type: "linear" }) : categoryAxis(spec, room);
    return {
      type: curves ? "scatter" : spec.kind === "LINES" ? "line" : "bar",
      data: {
        labels: curves ? undefined : spec.categories,
        datasets: spec.series.map((s, i) => dataset(spec, s, i, spec.series.length > 1)),
      },
      options: {
        animation: false, responsive: true, maintainAspectRatio: false, indexAxis: sideways ? "y" : "x",
        interaction: { mode: curves ? "nearest" : "index", axis: sideways ? "y" : curves ? "xy" : "x", intersect: false },
        scales: sideways ? { x: values, y: along } : { x: along, y: values },
        plugins: {
          legend: { display: spec.series.length > 1, position: "bottom", labels: { color: shade("--ink"), boxWidth: 12, boxHeight: 2, font: { size: 12 } } },
          tooltip: tooltip(spec),
        },
      },
    };
  }

  function draw(figure) {
    const old = drawn.get(figure);
    if (old) old.destroy();
    const spec = JSON.parse(figure.querySelector("script").textContent);
    const canvas = figure.querySelector("canvas");
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", spec.title);
    drawn.set(figure, new Chart(canvas, config(spec, figure.clientWidth)));
  }

  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  const figures = document.querySelectorAll("figure.chart");
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting && !drawn.has(entry.target)) draw(entry.target);
    }
  }, { rootMargin: "300px" });
  figures.forEach((figure) => {
    const place = figure.getBoundingClientRect();
    if (place.height > 0 && place.top < innerHeight) draw(figure);
    else seen.observe(figure);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => [...drawn.keys()].forEach(draw));
  addEventListener("beforeprint", () => figures.forEach((f) => { if (f.offsetParent && !drawn.has(f)) draw(f); }));
})();
