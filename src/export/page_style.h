/* page_style - how the page looks; for src/export/page.c and index.c alone. */
#ifndef LINGTAN_SRC_EXPORT_PAGE_STYLE_H
#define LINGTAN_SRC_EXPORT_PAGE_STYLE_H

/* A line each: a compiler need take no longer string. */
static const char *const page_style[] = {
	":root{--ink:#1c2826;--muted:#66756f;--line:#dde5e1;--soft:#f4f8f6;--brand:#0f6b4f;--brand-soft:#e3f1ea;"
	"--good:#17714f;--bad:#b3362b;--warn:#9a6208;--warm:#c9752e}\n",
	"*{box-sizing:border-box}\n",
	"html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}\n",
	"body{margin:0;color:var(--ink);background:#fff;font:15px/1.75 -apple-system,'PingFang SC','Microsoft YaHei',"
	"'Noto Sans CJK SC','Source Han Sans SC','WenQuanYi Micro Hei',sans-serif}\n",
	".cover{background:linear-gradient(135deg,#0b4a38,#12805e);color:#fff;padding:64px 24px 48px}\n",
	".cover>div{max-width:1120px;margin:0 auto}\n",
	".cover .code{font-size:14px;letter-spacing:.08em;opacity:.85}\n",
	".cover h1{font-size:38px;line-height:1.25;margin:10px 0 6px;font-weight:700;letter-spacing:.02em}\n",
	".cover .sub{font-size:18px;opacity:.92;margin:0 0 28px}\n",
	".cover dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(210px,1fr));gap:14px 28px;margin:0}\n",
	".cover dt{font-size:12px;opacity:.75}.cover dd{margin:0;font-size:15px;overflow-wrap:anywhere}\n",
	".mark{background:#fff6e5;border-bottom:1px solid #efd9a8;color:#7a4e05;padding:12px 24px;font-size:14px}\n",
	".mark>div{max-width:1120px;margin:0 auto}.mark b{margin-right:10px;padding:2px 8px;border:1px solid currentColor;"
	"border-radius:3px}\n",
	".veil{position:fixed;inset:0;display:flex;align-items:center;justify-content:center;pointer-events:none;z-index:5;"
	"font-size:min(26vw,240px);font-weight:700;color:#8a1c12;opacity:.045;transform:rotate(-28deg);white-space:nowrap}\n",
	".frame{max-width:1120px;margin:0 auto;padding:0 24px;display:grid;grid-template-columns:230px minmax(0,1fr);gap:44px}\n",
	"nav{font-size:13px;line-height:1.5;padding:34px 0}\n",
	"nav>div{position:sticky;top:24px;max-height:calc(100vh - 48px);overflow:auto}\n",
	"nav b{display:block;color:var(--muted);font-weight:600;margin-bottom:8px}\n",
	"nav a{display:block;color:var(--ink);text-decoration:none;padding:4px 0 4px 10px;border-left:2px solid var(--line)}\n",
	"nav a:hover{border-color:var(--brand);color:var(--brand)}nav a.l2{padding-left:24px;color:var(--muted)}\n",
	"main{padding:14px 0 72px;min-width:0}\n",
	"h2{font-size:23px;line-height:1.4;margin:46px 0 16px;padding-bottom:8px;border-bottom:2px solid var(--brand);"
	"scroll-margin-top:16px}\n",
	"h3{font-size:18px;margin:30px 0 10px;color:var(--brand);scroll-margin-top:16px}h4{font-size:16px;margin:22px 0 8px}\n",
	"p{margin:0 0 12px;white-space:pre-line;overflow-wrap:anywhere}\n",
	".note{font-size:13px;color:var(--muted)}\n",
	".stub{border-left:3px solid #d8c48f;background:#fdf9ee;color:#7a6a3c;padding:8px 14px;font-size:14px}\n",
	".stub::before{content:attr(data-l);font-weight:600;margin-right:8px}\n",
	".wrap{overflow-x:auto;margin:0 0 20px}\n",
	"table{border-collapse:collapse;width:100%;font-size:13.5px;line-height:1.6}\n",
	"caption{text-align:left;font-weight:600;font-size:14px;padding:6px 0}\n",
	"th{background:var(--brand-soft);color:#0d4a38;font-weight:600;text-align:left;white-space:nowrap}\n",
	"th,td{padding:8px 10px;border-bottom:1px solid var(--line);vertical-align:top}\n",
	"td{white-space:pre-line;overflow-wrap:anywhere}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}\n",
	"tr.g td{background:var(--soft);font-weight:600}tr.t td{font-weight:700;border-top:1px solid #9db3aa;"
	"background:var(--soft)}\n",
	".good{color:var(--good)}.bad{color:var(--bad);font-weight:600}.warn{color:var(--warn)}.muted{color:var(--muted)}\n",
	"table.f td:first-child{width:26%;color:var(--muted);background:var(--soft)}\n",
	".verdict{display:flex;flex-wrap:wrap;align-items:center;gap:14px 34px;border:1px solid var(--line);border-radius:8px;"
	"padding:24px 28px;margin:0 0 18px;background:var(--soft);border-left:6px solid var(--brand)}\n",
	".verdict.bad{border-left-color:var(--bad);color:inherit;font-weight:inherit}.verdict.warn{border-left-color:#d39a2d;"
	"color:inherit}.verdict.good{color:inherit}\n",
	".verdict .num{font-size:46px;line-height:1.1;font-weight:700;font-variant-numeric:tabular-nums}\n",
	".verdict .num small{font-size:16px;font-weight:400;color:var(--muted);margin-left:8px}\n",
	".verdict .lab{font-size:13px;color:var(--muted)}.verdict .grade{font-size:26px;font-weight:700}\n",
	".verdict .why{flex-basis:100%;font-size:14px;color:var(--muted);margin:0}\n",
	"figure{margin:10px 0 24px;border:1px solid var(--line);border-radius:8px;padding:18px 18px 10px;overflow-x:auto}\n",
	"figure svg{display:block;width:100%;max-width:640px;min-width:440px;height:auto;margin:0 auto}\n",
	".tree{font-size:13px;line-height:1.6}\n",
	".tree div{display:flex;flex-wrap:wrap;gap:0 14px;padding:4px 0;border-bottom:1px solid #edf2ef}\n",
	".tree .d0{font-weight:700;font-size:15px;margin-top:20px;border-bottom:2px solid var(--line)}\n",
	".tree .v{margin-left:auto;font-variant-numeric:tabular-nums;font-weight:600}\n",
	".tree i{flex-basis:100%;font-style:normal;color:var(--muted);overflow-wrap:anywhere}\n",
	".tree em{font-style:normal;color:var(--warn);font-size:12px}\n",
	"footer{border-top:1px solid var(--line);color:var(--muted);font-size:12px;padding:18px 24px 40px;text-align:center}\n",
	"@media screen and (max-width:820px){.cover{padding:40px 18px 30px}.cover h1{font-size:28px}.frame{display:block;padding:0 16px}\n",
	"nav{padding:16px 0 0}nav>div{position:static;max-height:none}nav a.l2{display:none}\n",
	"nav a{display:inline-block;border:1px solid var(--line);border-radius:14px;padding:3px 11px;margin:0 6px 6px 0}\n",
	"h2{font-size:20px;margin-top:34px}.verdict{padding:18px}.verdict .num{font-size:36px}\n",
	"table.c thead{display:none}table.c tr{display:block;border:1px solid var(--line);border-radius:6px;margin:0 0 10px;"
	"padding:6px 0}\n",
	"table.c td{display:grid;grid-template-columns:84px minmax(0,1fr);gap:10px;border:0;padding:4px 12px;text-align:left}\n",
	"table.c td::before{content:attr(data-l);color:var(--muted);font-weight:400}table.c td.n{text-align:left}\n",
	"table.c tr.g{background:var(--soft)}table.c tr.g td,table.c td[colspan]{display:block}table.c td:empty{display:none}\n",
	"table.f td{display:block;border:0;padding:2px 12px}table.f td:first-child{width:auto;background:none;padding-top:8px;"
	"font-size:12px}table.f tr{border-bottom:1px solid var(--line);display:block;padding-bottom:6px}}\n",
	"@media print{@page{size:A4;margin:20mm 17mm 18mm;@bottom-center{content:counter(page) ' / ' counter(pages);"
	"font-size:9pt;color:#66756f}}\n",
	"@page :first{margin:0;@bottom-center{content:''}}\n",
	"html{scroll-behavior:auto}body{font-size:10.5pt;-webkit-print-color-adjust:exact;print-color-adjust:exact}\n",
	".cover{min-height:297mm;padding:70mm 24mm 0;break-after:page}.cover h1{font-size:30pt}\n",
	".cover dl{grid-template-columns:1fr;gap:8px}.cover dl>div{display:grid;grid-template-columns:34mm 1fr}\n",
	"nav{display:none}.frame{display:block;padding:0;max-width:none}.mark{padding:6px 0;border:1px solid #efd9a8}\n",
	"main{padding:0}h2{break-after:avoid;margin-top:22pt}h3,h4,caption,h3+p,tr.g{break-after:avoid}tr,figure,.verdict,.tree div{"
	"break-inside:avoid}tbody tr:last-child{break-before:avoid}\n",
	".wrap,figure{overflow:visible}table{font-size:9pt}th,td{padding:4pt 5pt}footer{display:none}.veil{opacity:.06}}\n",
};

#endif
