/// How the page of a report looks, by day and by night. What a colour says is always said by a word or a sign too.
enum HTMLStyle {
  static let text = """
    :root { --back: #fff; --text: #1b1f24; --faint: #5b636d; --line: #d8dde4; --panel: #f6f7f9;
      --good: #1a7f47; --bad: #c4262c; --due: #8a5a00; --good-back: #e7f6ed; --bad-back: #fdecec; --due-back: #fdf3dc; }
    @media (prefers-color-scheme: dark) { :root { --back: #14171a; --text: #e6e9ed; --faint: #9aa3ad; --line: #31373e;
      --panel: #1c2024; --good: #5fd38f; --bad: #ff8e90; --due: #e9bb5c; --good-back: #15301f; --bad-back: #3b1719;
      --due-back: #352a10; } }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; }
    body { margin: 0 auto; max-width: 66rem; padding: 2rem 1.25rem 4rem; background: var(--back); color: var(--text);
      font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; overflow-wrap: anywhere; }
    h1, h2, h3, h4, p, ul, dl { margin: 0; }
    ul { padding: 0; list-style: none; }
    code, .command, .place, .diff, .webhooks code, .notes, .url {
      font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
    .command { color: var(--faint); }
    h1 { font-size: 1.6rem; line-height: 1.25; margin: .2rem 0 1rem; }
    h1.good { color: var(--good); } h1.bad { color: var(--bad); } h1.due { color: var(--due); }
    .tally { display: flex; flex-wrap: wrap; gap: .4rem; margin-bottom: 1.2rem; }
    .tally li { border-radius: 2rem; padding: .2rem .8rem; }
    .tally .good { color: var(--good); background: var(--good-back); }
    .tally .bad { color: var(--bad); background: var(--bad-back); }
    .tally .due { color: var(--due); background: var(--due-back); }
    dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 10rem), 1fr)); gap: .6rem 1.25rem; }
    dt, h4, .count, .cause, .nothing { color: var(--faint); }
    dt, h4 { font-size: .8rem; font-weight: 400; }
    dd { margin: 0; }
    .scripts { margin-top: .9rem; padding-top: .7rem; border-top: 1px solid var(--line); }
    .scripts code { color: var(--faint); }
    section, .nothing { margin-top: 2rem; }
    .session { margin-top: 3rem; padding-top: 1rem; border-top: 3px solid var(--line); }
    .session > h2 { font-size: 1.35rem; border: 0; margin-bottom: .6rem; }
    .session > h2.good { color: var(--good); } .session > h2.bad { color: var(--bad); }
    .session > h2.due { color: var(--due); }
    h2 { font-size: 1.15rem; padding-bottom: .4rem; border-bottom: 1px solid var(--line); }
    section.bad h2 { color: var(--bad); }
    .count { font-weight: 400; }
    article { border-left: 3px solid var(--line); margin-top: 1rem; padding-left: .9rem; }
    article.bad { border-color: var(--bad); } article.good { border-color: var(--good); }
    article.due { border-color: var(--due); }
    h3 { font-size: 1rem; }
    .cause code { color: var(--text); }
    .message { display: block; }
    .sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 0 1.25rem; }
    .sides h4 { margin-top: .5rem; }
    .diff { border-collapse: collapse; width: 100%; margin: .4rem 0 .5rem; }
    .diff td { vertical-align: top; padding: .05rem .5rem; }
    .diff td:nth-child(1) { width: 1.6rem; } .diff td:nth-child(2) { width: 5rem; overflow-wrap: normal; }
    .plus { color: var(--good); background: var(--good-back); }
    .minus { color: var(--bad); background: var(--bad-back); }
    summary { cursor: pointer; color: var(--faint); padding: .2rem 0; }
    .webhooks li, .notes li { padding: .25rem 0; border-top: 1px solid var(--line); }
    .webhooks li:first-child, .notes li:first-child { border-top: 0; }
    .webhooks code, .url { color: var(--faint); }
    .to { color: var(--text); }
    @media (max-width: 40rem) { body { padding: 1.1rem .9rem 3rem; } h1 { font-size: 1.35rem; }
      .diff td { padding: .05rem .3rem; } .diff td:nth-child(2) { width: 4rem; } .webhooks .url { display: block; } }
    @media print { body { max-width: none; padding: 0; } article { break-inside: avoid-page; } }
    """
}
