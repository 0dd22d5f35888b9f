#include "backtest/page.hpp"

namespace regulars::backtest {

std::string_view page_script() {
    return R"script(
"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const base = data.base;
let language = (navigator.language || "en").startsWith("zh") ? "zh" : "en";
let drawn = [];

const text = (key, values = {}) =>
  labels[language][key].replace(/\{(\w+)\}/g, (whole, name) => name in values ? values[name] : whole);
const count = (value) => new Intl.NumberFormat(language).format(value);
const scale = 10 ** base.minorDigits;
const money = (minor) => new Intl.NumberFormat(language,
  { minimumFractionDigits: base.minorDigits, maximumFractionDigits: base.minorDigits }).format(minor / scale);
const percent = (part, whole) => whole > 0
  ? new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 2 }).format(part / whole) : "–";
const monthName = (month) => month.year + "-" + String(month.month).padStart(2, "0");
const titleOf = (titled) => titled.title[language];
const palette = ["#8a94a6", "#2f5fd0", "#d08a2f", "#2f9e78", "#b8416b", "#7a55c7", "#4aa8c9", "#9c6b3f"];

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function table(caption, columns, rows) {
  const head = element("tr", {}, ...columns.map((column) => element("th", { scope: "col" }, column)));
  const lines = rows.map((row) => element("tr", {}, ...row.map((cell, place) =>
    place === 0 ? element("th", { scope: "row" }, cell) : element("td", {}, cell))));
  const made = element("table", {}, element("thead", {}, head), element("tbody", {}, ...lines));
  if (caption) made.prepend(element("caption", {}, caption));
  return element("div", { class: "scroll" }, made);
}

function folded(...content) {
  return element("details", {}, element("summary", {}, text("table")), ...content);
}

function section(title, explanation, ...content) {
  return element("section", {}, element("h2", {}, title), element("p", {}, explanation), ...content);
}

function chart(label, option) {
  const place = element("div", { class: "chart", role: "img", "aria-label": label });
  drawn.push({ place, option: { aria: { enabled: true, decal: { show: true } }, color: palette, animation: false,
    tooltip: { trigger: "axis" }, legend: { top: 0, type: "scroll" },
    grid: { left: 8, right: 32, top: 40, bottom: 8, containLabel: true }, ...option } });
  return place;
}

const months = () => ({ type: "category", data: base.months.map(monthName) });
const short = (value) => new Intl.NumberFormat(language, { notation: "compact" }).format(value);
const values = (extra = {}) => ({ type: "value", axisLabel: { formatter: short }, ...extra });

function figures(report) {
  const one = (label, value, note) => element("div", { class: "figure" },
    element("dt", {}, label), element("dd", {}, value, element("small", {}, note || "\u00a0")));
  return element("dl", { class: "figures" },
    one(text("members"), count(report.members),
      report.tiers.map((tier) => titleOf(tier) + " " + count(tier.members)).join(" · ")),
    one(text("orders"), count(report.orders.applied), text("ordersNote",
      { read: count(report.orders.read), rejected: count(report.orders.rejected) })),
    one(text("sales"), money(report.salesMinor), text("salesNote")),
    one(text("costs"), money(report.costsMinor),
      text("costsNote", { share: percent(report.costsMinor, report.salesMinor) })),
    one(text("points"), count(report.points.available),
      text("pointsNote", { pending: count(report.points.pending) })),
    one(text("liability"), money(report.liabilityMinor), text("liabilityNote")));
}

function ladder() {
  const series = base.tiers.map((tier, rank) => ({ name: titleOf(tier), type: "line", stack: "members", areaStyle: {},
    showSymbol: false, data: base.months.map((month) => month.members[rank]) }));
  return section(text("ladder"), text("ladderText"),
    chart(text("ladder"), { xAxis: { ...months(), boundaryGap: false }, yAxis: values(), series }),
    folded(table("", [text("month"), ...base.tiers.map(titleOf)],
      base.months.map((month) => [monthName(month), ...month.members.map(count)]))));
}

function matrix(caption, cells, rowTitles, columnTitles) {
  const width = columnTitles.length;
  return [element("h3", {}, caption), table("", ["", ...columnTitles, text("total")], rowTitles.map((title, row) => {
    const line = cells.slice(row * width, (row + 1) * width);
    return [title, ...line.map(count), count(line.reduce((sum, value) => sum + value, 0))];
  }))];
}

function migration() {
  const size = base.tiers.length;
  const sum = (month, keep) => month.moves.reduce((total, moved, place) =>
    keep(Math.floor(place / size), place % size) ? total + moved : total, 0);
  const up = base.months.map((month) => sum(month, (from, to) => to > from));
  const down = base.months.map((month) => sum(month, (from, to) => to < from));
  const total = base.tiers.flatMap((_, from) => base.tiers.map((__, to) =>
    base.months.reduce((moved, month) => moved + month.moves[from * size + to], 0)));
  const titles = base.tiers.map(titleOf);
  return section(text("migration"), text("migrationText"),
    chart(text("migration"), { xAxis: months(), yAxis: values(), color: ["#2f9e78", "#b8416b"], series: [
      { name: text("up"), type: "bar", stack: "moves", data: up },
      { name: text("down"), type: "bar", stack: "moves", data: down.map((value) => -value) }] }),
    element("div", { class: "pair" },
      element("div", {}, ...matrix(text("moves"), total, titles, titles)),
      element("div", {}, ...matrix(text("peak"), base.peakToLast, titles, titles))),
    folded(table("", [text("month"), text("up"), text("down")],
      base.months.map((month, place) => [monthName(month), count(up[place]), count(down[place])]))));
}

function points() {
  const kinds = ["issued", "redeemed", "expired", "reversed"];
  const series = kinds.map((kind) => ({ name: text(kind), type: "bar", stack: "flow",
    data: base.months.map((month) => kind === "issued" ? month[kind] : -month[kind]) }));
  series.push({ name: text("outstanding"), type: "line", yAxisIndex: 1, showSymbol: false,
    data: base.months.map((month) => month.outstanding) });
  return section(text("pointsFlow"), text("pointsFlowText"),
    chart(text("pointsFlow"), { xAxis: months(), series,
      color: ["#2f9e78", "#2f5fd0", "#d08a2f", "#b8416b", "#1d2433"],
      yAxis: [values(), values({ name: text("outstanding"), splitLine: { show: false } })] }),
    folded(table("", [text("month"), ...kinds.map((kind) => text(kind)), text("outstanding")],
      base.months.map((month) =>
        [monthName(month), ...kinds.map((kind) => count(month[kind])), count(month.outstanding)]))));
}

function costs() {
  const used = base.costs.map((cost, place) => ({ ...cost, place })).filter((cost) =>
    cost.minor !== 0 || base.months.some((month) => month.costs[cost.place] !== 0));
  const series = used.map((cost) => ({ name: cost.code, type: "bar", stack: "cost",
    data: base.months.map((month) => month.costs[cost.place] / scale) }));
  const content = [];
  if (used.length > 0) content.push(chart(text("costByBenefit"), { xAxis: months(), yAxis: values(), series,
    color: palette.slice(1) }));
  content.push(table("", [text("benefit"), text("cost"), text("share")], [
    ...used.map((cost) => [cost.code, money(cost.minor), percent(cost.minor, base.salesMinor)]),
    [text("total"), money(base.costsMinor), percent(base.costsMinor, base.salesMinor)]]));
  content.push(element("h3", {}, text("byTier")),
    table("", [text("tier"), text("members"), text("sales"), text("cost"), text("share")], base.tiers.map((tier) =>
      [titleOf(tier), count(tier.members), money(tier.sales), money(tier.costs), percent(tier.costs, tier.sales)])));
  content.push(folded(table("", [text("month"), ...used.map((cost) => cost.code), text("sales")],
    base.months.map((month) =>
      [monthName(month), ...used.map((cost) => money(month.costs[cost.place])), money(month.sales)]))));
  return section(text("costByBenefit"), text("costByBenefitText"), ...content);
}
)script"
           R"script(
function coupons() {
  const rows = base.coupons.map((coupon) => [titleOf(coupon), count(coupon.given), count(coupon.used),
    percent(coupon.used, coupon.given), count(coupon.expired), count(coupon.inWallets), money(coupon.cost)]);
  return section(text("coupons"), text("couponsText"), table("", [text("coupon"), text("given"), text("usedUp"), "%",
    text("lapsed"), text("inWallets"), text("cost")], rows));
}

function activities() {
  const rows = base.activities.map((one) => [titleOf(one), count(one.times), count(one.given), count(one.paid),
    money(one.cost)]);
  return section(text("activities"), text("activitiesText"), table("", [text("activity"), text("times"),
    text("pointsGiven"), text("pointsPaid"), text("cost")], rows));
}

function binName(bin) {
  if (bin.from === null) return text("below", { edge: money(bin.to) });
  if (bin.to === null) return text("above", { edge: money(bin.from) });
  return bin.to === bin.from + 1 ? money(bin.from) : money(bin.from) + " … " + money(bin.to - 1);
}

function binColor(bin) {
  if (bin.to !== null && bin.to <= 0) return "#b8416b";
  return bin.from === 0 && bin.to === 1 ? "#8a94a6" : "#2f9e78";
}

function comparison() {
  const found = data.comparison;
  const other = data.other;
  const names = { base: titleOf(base), other: titleOf(other) };
  const people = (title, members) => element("div", {}, element("h3", {}, title), table("",
    [text("customer"), names.base, names.other, text("gain")],
    members.map((member) => [member.customer, member.baseTier + " " + money(member.base),
      member.otherTier + " " + money(member.other), money(member.other - member.base)])));
  const row = (label, pick) => [label, pick(base), pick(other)];
  return section(text("compare"), text("compareText", names),
    table("", [text("winners"), text("unchanged"), text("losers"), text("difference")],
      [[count(found.winners), count(found.unchanged), count(found.losers), money(found.difference)]]),
    chart(text("bins"), { yAxis: values(),
      xAxis: { type: "category", data: found.bins.map(binName), axisLabel: { rotate: 35, fontSize: 11 } },
      series: [{ name: text("members"), type: "bar",
        data: found.bins.map((bin) => ({ value: bin.members, itemStyle: { color: binColor(bin) } })) }] }),
    folded(table("", [text("bins"), text("members")],
      found.bins.map((bin) => [binName(bin), count(bin.members)]))),
    element("h3", {}, text("summary")),
    table("", [text("programme"), names.base, names.other], [
      row(text("costs"), (report) => money(report.costsMinor)),
      row(text("share"), (report) => percent(report.costsMinor, report.salesMinor)),
      row(text("pointsIssued"), (report) => count(report.points.issued)),
      row(text("pointsExpired"), (report) => count(report.points.expired)),
      row(text("points"), (report) => count(report.points.available)),
      row(text("liability"), (report) => money(report.liabilityMinor))]),
    ...matrix(text("tierCross", names), found.tierMembers, base.tiers.map(titleOf), other.tiers.map(titleOf)),
    element("div", { class: "pair" }, people(text("topWinners"), found.topWinners),
      people(text("topLosers"), found.topLosers)));
}

function shownCharts() {
  if (!window.echarts) return [];
  return drawn.map(({ place }) => echarts.getInstanceByDom(place)).filter((shown) => shown);
}

function draw() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const button of document.querySelectorAll("button[data-language]"))
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  document.getElementById("title").textContent = titleOf(base);
  document.title = titleOf(base);
  document.getElementById("subtitle").textContent =
    text("subtitle", { file: base.ordersFile, day: base.asOf, zone: base.zone, currency: base.currency });
  shownCharts().forEach((shown) => shown.dispose());
  drawn = [];
  const parts = [figures(base), ladder(), migration(), points(), costs()];
  if (base.coupons.length > 0) parts.push(coupons());
  if (base.activities.length > 0) parts.push(activities());
  if (data.comparison) parts.push(comparison());
  document.getElementById("main").replaceChildren(...parts);
  document.getElementById("footer").textContent = text("footer", { applied: count(base.orders.applied),
    matched: count(base.orders.returnsMatched), unmatched: count(base.orders.returnsUnmatched),
    skipped: count(base.orders.returnsSkipped), after: count(base.orders.afterUntil) });
  if (!window.echarts) {
    for (const { place } of drawn) place.remove();
    for (const details of document.querySelectorAll("details")) details.open = true;
    return;
  }
  for (const { place, option } of drawn) echarts.init(place, null, { renderer: "svg" }).setOption(option);
}

function resize() {
  shownCharts().forEach((shown) => shown.resize());
}

for (const button of document.querySelectorAll("button[data-language]"))
  button.addEventListener("click", () => { language = button.dataset.language; draw(); });
window.addEventListener("resize", resize);
window.addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
  resize();
});
draw();
)script";
}

}  // namespace regulars::backtest
