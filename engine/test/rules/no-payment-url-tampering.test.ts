import { describe, expect, test } from "vitest";
import { lintText } from "../../src/lint.ts";
import { reportsOn, silentOn } from "./lint.ts";

const RULE = "no-payment-url-tampering";
/** A route that makes a Swap Pay invoice. */
const invoice = (use: string) =>
  `export const pay = async (req, res) => { const response = await fetch("https://api.swapss.lol/api/v1/merchant/invoices", { method: "POST", headers: { "Idempotency-Key": req.body.id } }); const invoice = await response.json(); ${use} };`;
/** A page that asks its own server for one. */
const page = (code: string) => `import { swapPayCheckout } from "./swap-pay"; ${code}`;
const session = (use: string) =>
  `import Stripe from "stripe"; const stripe = new Stripe(key); export const pay = async (req, res) => { const session = await stripe.checkout.sessions.create({ mode: "payment" }); ${use} };`;

describe("silent: the page is opened as it came", () => {
  silentOn(
    RULE,
    [
      ["a redirect", invoice("res.redirect(303, invoice.payment_url)")],
      ["handed to the page", invoice("res.json({ url: invoice.payment_url })")],
      ["taken apart and handed on", invoice("const { payment_url } = invoice; res.redirect(payment_url)")],
      ["its host looked at", invoice("const { host } = new URL(invoice.payment_url); log(host)")],
      ["a message", invoice("mail(`Pay here: ${invoice.payment_url} within an hour`)")],
      ["a message at its end", invoice("mail('Pay here: ' + invoice.payment_url + '. Thank you')")],
      [
        "as a parameter of another page",
        invoice("res.redirect(`/wait?to=${encodeURIComponent(invoice.payment_url)}`)"),
      ],
      [
        "another URL of one's own",
        invoice("const back = new URL(req.body.back); back.searchParams.set('id', invoice.id)"),
      ],
      ["another field", invoice("res.redirect(`${invoice.status_url}?x=1`)")],
      ["a URL that is configured", page("export const f = (id) => `${process.env.PAYMENT_URL}?id=${id}`")],
      [
        "a copy of the parsed URL that is not changed",
        invoice("const url = new URL(invoice.payment_url); res.redirect(url.href)"),
      ],
      ["a provider whose URLs carry no signature", session("res.redirect(session.url + '?locale=de')")],
      [
        "a provider of which nothing is known",
        "export const f = (order) => `${order.payment_url}?ref=${order.id}`",
      ],
      [
        "a file that speaks of two providers",
        page(
          "export const f = (order) => { paymongo('https://api.paymongo.com'); return `${order.payment_url}?ref=1`; }",
        ),
      ],
      ["another frame", page("export const f = () => <iframe src={videoUrl} title='How to pay' />")],
      ["a link", page("export const f = ({ paymentUrl }) => <a href={paymentUrl}>Pay</a>")],
      [
        "a frame for what may be framed",
        `import { x } from "y"; export const f = ({ url }) => <iframe src={url} />`,
      ],
    ],
    "src/pay.tsx",
  );
});

describe("reported: the provider refuses it", () => {
  reportsOn(
    RULE,
    [
      [
        "a parameter in a template",
        invoice("res.redirect(`${invoice.payment_url}?ref=${req.body.id}`)"),
        "`${invoice.payment_url}?ref=${req.body.id}`",
      ],
      [
        "a parameter behind it",
        invoice("res.redirect(invoice.payment_url + '&lang=en')"),
        "invoice.payment_url + '&lang=en'",
      ],
      [
        "one or the other separator",
        invoice(
          "const sep = invoice.payment_url.includes('?') ? '&' : '?'; res.redirect(`${invoice.payment_url}${sep}lang=en`)",
        ),
        "`${invoice.payment_url}${sep}lang=en`",
      ],
      [
        "a parameter set",
        invoice(
          "const url = new URL(invoice.payment_url); url.searchParams.set('utm_source', 'mail'); res.redirect(url)",
        ),
        "url.searchParams.set('utm_source', 'mail')",
      ],
      [
        "a parameter taken away",
        invoice(
          "const { payment_url } = invoice; const url = new URL(payment_url); url.searchParams.delete('sig'); res.redirect(url)",
        ),
        "url.searchParams.delete('sig')",
      ],
      [
        "another host",
        invoice("const url = new URL(invoice.payment_url); url.host = 'pay.shop.example'; res.redirect(url)"),
        "url.host = 'pay.shop.example'",
      ],
      [
        "replaced text",
        invoice("res.redirect(invoice.payment_url.replace('swapss.lol', 'pay.shop.example'))"),
        "invoice.payment_url.replace('swapss.lol', 'pay.shop.example')",
      ],
      [
        "added to a variable",
        invoice("let link = invoice.payment_url; link += '#pay'; res.redirect(link)"),
        "link += '#pay'",
      ],
      [
        "what a function of the project answers",
        `${invoice("return invoice")} export const f = async () => { const made = await pay(); return \`\${made.payment_url}?a=1\`; };`,
        "`${made.payment_url}?a=1`",
      ],
      [
        "a frame",
        page("export const f = ({ paymentUrl }) => <iframe src={paymentUrl} />"),
        "src={paymentUrl}",
      ],
      [
        "a frame of a page's state",
        page(
          "export const f = () => { const [paymentUrl, setPaymentUrl] = useState(''); return <iframe src={paymentUrl} />; }",
        ),
        "src={paymentUrl}",
      ],
      [
        "a frame made by hand",
        page("const frame = document.createElement('iframe'); frame.src = order.payment_url;"),
        "frame.src = order.payment_url",
      ],
      [
        "a frame found",
        page("document.querySelector('#pay-iframe').src = order.payment_url;"),
        "document.querySelector('#pay-iframe').src = order.payment_url",
      ],
      [
        "a frame's attribute",
        page("payIframe.setAttribute('src', order.payment_url);"),
        "payIframe.setAttribute('src', order.payment_url)",
      ],
      [
        "a frame in text",
        invoice('res.send(`<iframe width="300" src="${invoice.payment_url}"></iframe>`)'),
        '`<iframe width="300" src="${invoice.payment_url}"></iframe>`',
      ],
      [
        "a frame put together",
        invoice("res.send('<iframe src=\"' + invoice.payment_url + '\">')"),
        "'<iframe src=\"' + invoice.payment_url",
      ],
      [
        "Stripe's Checkout in a frame",
        session("res.send(`<iframe src='${session.url}'></iframe>`)"),
        "`<iframe src='${session.url}'></iframe>`",
      ],
    ],
    "src/pay.tsx",
  );
});

describe("what is observed", () => {
  const answersOf = (text: string) =>
    lintText({ fileName: "src/pay.tsx", text }, {})
      .observations.filter((each) => each.kind === "payment-url")
      .map(({ provider, shape, untouched }) => [provider, shape, untouched.answer]);

  test.each([
    ["a redirect", invoice("res.redirect(invoice.payment_url)"), "yes"],
    ["a change of the page's address", page("window.location.href = order.payment_url"), "yes"],
    ["a page in a window", page("window.open(order.payment_url)"), "yes"],
    ["a link", page("export const f = ({ paymentUrl }) => <a href={paymentUrl}>Pay</a>"), "yes"],
    [
      "what a page is told may be changed there",
      invoice("res.json({ url: invoice.payment_url })"),
      "unknown",
    ],
  ])("%s", (_, text, answer) => {
    expect(answersOf(text)).toEqual([["swap-pay", "handed-on", answer]]);
  });
});
