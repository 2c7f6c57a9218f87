/// How the page of a report looks, by day and by night. What a colour says is always said by a word or a sign too.
enum HTMLStyle {
  static let text = """
    :root { --back: #fff; --text: #1c2024; --faint: #60646c; --line: #d9dde3; --panel: #f5f6f8;
      --good: #18794e; --bad: #c62a2f; --good-back: #e6f6ec; --bad-back: #ffefef; }
    @media (prefers-color-scheme: dark) { :root { --back: #141618; --text: #e8eaed; --faint: #a0a6ae; --line: #33383e;
      --panel: #1d2023; --good: #5bd08c; --bad: #ff8d8f; --good-back: #14301f; --bad-back: #3b1618; } }
    * { box-sizing: border-box; }
    body { margin: 0 auto; max-width: 80rem; padding: 1.5rem 1rem 4rem; background: var(--back); color: var(--text);
      font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
    h1 { font-size: 1.35rem; margin: 0 0 1rem; overflow-wrap: anywhere; }
    h2 { display: inline; font-size: 1.05rem; margin: 0; }
    dl { display: flex; flex-wrap: wrap; gap: .4rem 2rem; margin: 0; }
    dt { color: var(--faint); font-size: .8rem; }
    dd { margin: 0; overflow-wrap: anywhere; }
    .mark, .tile { border-radius: .4rem; padding: .1rem .5rem; font-weight: 600; white-space: nowrap; }
    .tile { display: inline-block; margin: .2rem .3rem .2rem 0; font-weight: 400; padding: .3rem .7rem; }
    .mark { font-size: .9em; }
    .good.mark, .good.tile { color: var(--good); background: var(--good-back); }
    .bad.mark, .bad.tile { color: var(--bad); background: var(--bad-back); }
    .block { border-top: 1px solid var(--line); padding: .9rem 0; }
    summary { cursor: pointer; margin-bottom: .4rem; }
    .count { color: var(--faint); }
    article { border-left: 3px solid var(--line); margin: .7rem 0; padding: .1rem 0 .1rem .8rem; }
    article.bad { border-color: var(--bad); }
    article.good { border-color: var(--good); }
    article p { margin: .2rem 0; overflow-wrap: anywhere; }
    .place { color: var(--faint); }
    pre, code, .id { font: 13px/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
    pre { margin: .3rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
    article pre { background: var(--panel); border-radius: .4rem; padding: .5rem .7rem; }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; }
    th { text-align: left; color: var(--faint); font-weight: 500; font-size: .8rem; position: sticky; top: 0;
      background: var(--back); }
    th, td { padding: .35rem .8rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
    td.id { white-space: nowrap; }
    .diff { margin: 0; min-width: 18rem; }
    .plus { color: var(--good); }
    .minus { color: var(--bad); }
    @media print { body { max-width: none; } .scroll { overflow: visible; } }
    """
}
