// Draws the charts that the Chart part leaves a place for, from the figures beside
// them. ECharts cannot read the style sheet's light-dark() colours, so each is
// resolved first; a change of theme draws anew.
(() => {
  const tones = { accent: "--series-1", info: "--info", good: "--good", warn: "--warn", bad: "--bad" };
  const short = new Intl.NumberFormat(document.documentElement.lang, { notation: "compact", maximumFractionDigits: 1 });
  const exact = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 2 });
  const shown = (value) => (value === null || value === undefined || value === "-" ? "–" : exact.format(value));

  // colour resolves a variable of the style sheet to rgb().
  function colour(place, name) {
    const probe = document.createElement("span");
    probe.hidden = true;
    probe.style.color = `var(${name})`;
    place.append(probe);
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  }
  const fade = (rgb, alpha) => rgb.replace(/^rgba?\(([^,]+),([^,]+),([^,)]+).*$/, `rgba($1,$2,$3,${alpha})`);

  // A dashed series without a tone is there to compare with, and stays in the back.
  const seriesColour = (place, series, i) =>
    colour(place, tones[series.tone] || (series.dashed ? "--muted" : `--series-${(i % 6) + 1}`));

  const gaps = (values) => (values || []).map((v) => (v === null ? "-" : v));

  // drawn turns one series of ours into those of ECharts: a band needs two.
  function drawn(chart, series, i, place) {
    const tint = seriesColour(place, series, i);
    const line = { color: tint, width: 2, type: series.dashed ? "dashed" : "solid" };
    const base = { name: series.name, data: series.points || gaps(series.values), itemStyle: { color: tint } };
    switch (series.kind) {
      case "bar":
        if (series.invisible) base.itemStyle.color = "transparent";
        return [{ ...base, type: "bar", stack: chart.stacked ? "all" : undefined, barMaxWidth: 36, barGap: "10%",
          itemStyle: { ...base.itemStyle, borderRadius: chart.stacked ? 0 : chart.horizontal ? [0, 3, 3, 0] : [3, 3, 0, 0] } }];
      case "dots":
        return [{ ...base, type: "scatter", symbolSize: 9, itemStyle: { ...base.itemStyle, opacity: 1 } }];
      case "band": {
        const plain = { type: "line", stack: `band ${i}`, stackStrategy: "all", symbol: "none", silent: true, z: 1, lineStyle: { opacity: 0 } };
        const depth = series.high.map((high, at) => (high === null || series.low[at] === null ? "-" : high - series.low[at]));
        return [{ ...plain, name: `${series.name} from`, data: gaps(series.low) },
          { ...plain, name: series.name, data: depth, itemStyle: { color: fade(tint, 0.35) }, areaStyle: { color: fade(tint, 0.2) } }];
      }
      default:
        return [{ ...base, type: "line", step: series.stepped ? "end" : undefined, lineStyle: line, symbol: "circle", symbolSize: (_, at) => (chart.notes?.[at.dataIndex] ? 10 : 6), showSymbol: (series.values || series.points).length < 20,
          stack: chart.stacked ? "all" : undefined, areaStyle: series.kind === "area" ? { color: fade(tint, 0.18) } : undefined }];
    }
  }

  // said is the text of the tooltip: one line for each series that is seen.
  function said(chart, points) {
    const first = points[0];
    if (!chart.categories) return points.map((p) => `${p.seriesName}: ${shown(p.value[0])}, ${shown(p.value[1])}`).join("\n");
    const lines = [chart.categories[first.dataIndex]];
    for (const s of chart.series) {
      if (s.invisible) continue;
      const value = s.kind === "band"
        ? `${shown(s.low[first.dataIndex])} to ${shown(s.high[first.dataIndex])}`
        : shown(s.values[first.dataIndex]);
      if (value !== "–") lines.push(`${s.name}: ${value}${chart.unit ? " " + chart.unit : ""}`);
    }
    if (chart.notes?.[first.dataIndex]) lines.push(chart.notes[first.dataIndex]);
    return lines.join("\n");
  }

  // room is what a category's name may take: few names are all shown and broken into
  // lines, of many as many as fit.
  function room(chart, width) {
    if (chart.horizontal) return { width: Math.min(220, width * 0.42), overflow: "break", interval: 0 };
    if (chart.categories.length > 8) return { hideOverlap: true };
    const each = (width - 60) / chart.categories.length;
    const longest = Math.max(...chart.categories.flatMap((name) => name.split(" ")).map((word) => word.length));
    if (longest * 7 > each) return { rotate: 40, width: 90, overflow: "truncate", interval: 0 };
    return { width: each, overflow: "break", interval: 0 };
  }

  function axes(chart, ink, line, font, width) {
    const label = { color: ink, fontFamily: font, fontSize: 12 };
    const shared = { axisLabel: label, axisTick: { show: false }, nameTextStyle: label, nameLocation: "middle" };
    const level = { ...shared, type: "value", name: chart.y, max: chart.most || undefined, nameGap: 44, splitLine: { lineStyle: { color: line } },
      axisLabel: { ...label, formatter: (v) => short.format(v) } };
    if (!chart.categories) {
      return { xAxis: { ...level, name: chart.x, nameGap: 28, splitLine: { show: false } }, yAxis: level };
    }
    const names = { ...shared, type: "category", data: chart.categories, name: chart.x, nameGap: 28,
      axisLine: { lineStyle: { color: line } }, inverse: Boolean(chart.horizontal),
      boundaryGap: chart.series.some((s) => s.kind === "bar"),
      axisLabel: { ...label, ...room(chart, width) } };
    return chart.horizontal ? { xAxis: { ...level, nameGap: 28 }, yAxis: names } : { xAxis: names, yAxis: level };
  }

  function marks(chart, place, ink, font) {
    if (!chart.marks) return undefined;
    const surface = colour(place, "--surface");
    return { silent: true, symbol: "none", data: chart.marks.map((m) => {
      const tint = m.tone ? colour(place, tones[m.tone]) : ink;
      const across = chart.horizontal ? "xAxis" : "yAxis", along = chart.horizontal ? "yAxis" : "xAxis";
      return { [m.upright ? along : across]: m.value, lineStyle: { color: tint, type: "dashed", width: 1.5 },
        label: { formatter: m.label, color: tint, fontFamily: font, fontSize: 12, backgroundColor: surface, padding: [1, 3],
          position: chart.horizontal || m.upright ? "end" : "insideEndTop" } };
    }) };
  }

  // Where names do not fit beside one another they go on below, and push the drawing down.
  const nameRow = 26;
  function namesAbove(visible, width, font) {
    if (visible.length < 2) return 16;
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `12px ${font}`;
    let rows = 1, used = 0;
    for (const s of visible) {
      const wide = 14 + 5 + pen.measureText(s.name).width;
      if (used && used + wide > width - 10) [rows, used] = [rows + 1, 0];
      used += wide + 14;
    }
    return 40 + nameRow * (rows - 1);
  }

  function option(chart, place) {
    const font = getComputedStyle(place).fontFamily;
    const ink = colour(place, "--muted"), line = colour(place, "--line");
    const visible = chart.series.filter((s) => !s.invisible);
    const series = chart.series.flatMap((s, i) => drawn(chart, s, i, place));
    if (series.length) series[0].markLine = marks(chart, place, ink, font);
    return {
      animation: false,
      textStyle: { fontFamily: font },
      grid: { left: chart.y ? 24 : 4, right: 12, top: namesAbove(visible, place.clientWidth, font) + (chart.marks?.some((m) => m.upright) ? 14 : 0), bottom: chart.x ? 26 : 4,
        outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      legend: { show: visible.length > 1, type: "plain", top: 0, left: 0, itemWidth: 14, itemHeight: 8, itemGap: 14,
        data: visible.map((s) => (s.kind === "line" ? s.name : { name: s.name, icon: s.kind === "dots" ? "circle" : "roundRect" })), textStyle: { color: ink, fontFamily: font, fontSize: 12 }, selectedMode: false },
      tooltip: { renderMode: "richText", confine: true, trigger: chart.categories ? "axis" : "item",
        axisPointer: { type: chart.series.some((s) => s.kind === "bar") ? "shadow" : "line",
          shadowStyle: { color: fade(ink, 0.1) }, lineStyle: { color: ink } },
        backgroundColor: colour(place, "--surface"), borderColor: line, borderWidth: 1, padding: 10,
        textStyle: { color: colour(place, "--ink"), fontFamily: font, fontSize: 12.5, lineHeight: 18 },
        formatter: (points) => said(chart, [].concat(points)) },
      ...axes(chart, ink, line, font, place.clientWidth),
      series,
    };
  }

  // lead takes whoever clicks on a bar, or beside it on its line, to what it holds. The
  // table under the chart has the same links for those who use the keyboard.
  function lead(chart, drawing) {
    if (!chart.links) return;
    const under = (e) => {
      if (!drawing.containPixel("grid", [e.offsetX, e.offsetY])) return "";
      const [across, along] = drawing.convertFromPixel("grid", [e.offsetX, e.offsetY]);
      return chart.links[chart.horizontal ? along : across] || "";
    };
    drawing.getZr().on("mousemove", (e) => drawing.getZr().setCursorStyle(under(e) ? "pointer" : "default"));
    drawing.getZr().on("click", (e) => {
      const path = under(e);
      if (path) window.location.assign(path);
    });
  }

  // milepostChart draws the chart of one place; milepost.js calls it.
  window.milepostChart = (place) => {
    const chart = JSON.parse(document.getElementById(place.dataset.chart).textContent);
    place.replaceChildren();
    const canvas = document.createElement("div");
    canvas.className = "chart-canvas";
    place.append(canvas);
    const drawing = echarts.init(canvas, null, { renderer: "canvas" });
    const draw = () => drawing.setOption(option(chart, place), true);
    draw();
    lead(chart, drawing);
    const fit = new ResizeObserver(() => { drawing.resize(); draw(); });
    fit.observe(place);
    const leave = () => {
      if (place.isConnected) return draw();
      fit.disconnect();
      drawing.dispose();
      document.removeEventListener("milepost:theme", leave);
    };
    document.addEventListener("milepost:theme", leave);
    document.fonts?.ready.then(draw);
  };
})();
