import { describe, expect, it } from "vitest";
import { lintWith, placeOf, reportsOn, silentOn, type Case } from "../lint.ts";

const RULE = "no-untrusted-recipient";

function page(
  cases: readonly Case[],
  field = "<input value={to} onChange={(e) => setTo(e.target.value)} />",
): Case[] {
  return cases.map(([what, code, ...reported]) => [
    what,
    `"use client"; import { useState } from "react";
      export function Pay({ saved }) { const [to, setTo] = useState(""); const [form, setForm] = useState({ to: "" }); const [amount, setAmount] = useState("");
        const submit = async () => { ${code} }; return <form onSubmit={submit}>${field}</form>; }`,
    ...reported,
  ]);
}

const POST = (path: string, body: string) =>
  `await fetch("${path}", { method: "POST", body: JSON.stringify({ ${body} }) })`;

describe("reported: a page posts whom people type in", () => {
  reportsOn(
    RULE,
    [
      ...page([
        ["by fetch", POST("/api/withdraw", "amount, toAddress: to"), "to"],
        ["by axios", `await axios.post("/api/payouts", { amount, accountNumber: to.trim() })`, "to.trim()"],
        [
          "to a configured server",
          "await axios.post(`${API_URL}/wallet/send`, { amount, recipient: to })",
          "to",
        ],
        [
          "to a function of Supabase",
          `await supabase.functions.invoke("crypto-transfer", { body: { recipient: to, amount } })`,
          "to",
        ],
      ]),
      ...page(
        [["out of one object", POST("/api/withdraw", "amount, address: form.to"), "form.to"]],
        "<Input value={form.to} />",
      ),
      [
        "by jQuery",
        `$("#pay").click(() => $.ajax({ url: "/withdraw", method: "POST", data: { amount: $("#amount").val(), address: $("#address").val() } }))`,
        `$("#address").val()`,
      ],
      [
        "out of the document",
        `document.getElementById("pay").onclick = () => fetch("/api/transfer", { method: "POST", body: JSON.stringify({ amount: 1, destination: document.getElementById("to").value }) })`,
        `document.getElementById("to").value`,
      ],
    ],
    "src/pay.jsx",
  );
});

describe("silent: nobody types in whom to pay, or nobody is paid", () => {
  silentOn(
    RULE,
    [
      ...page([
        ["a saved recipient's id", POST("/api/withdraw", "amount, recipientId: to")],
        ["only an amount", POST("/api/withdraw", "amount")],
        ["a saved address", POST("/api/withdraw", "amount, address: saved.address")],
        ["a saved method", POST("/api/payout-methods", "amount: 0, accountNumber: to")],
        ["a code by mail", POST("/api/withdraw/send-otp", "amount, address: to")],
        ["a provider's own server", POST("https://pay.example/withdraw", "amount, address: to")],
        ["an order", POST("/api/orders", "amount, address: to")],
        ["no amount", POST("/api/transfer", "address: to")],
      ]),
      ...page(
        [["chosen from a list", POST("/api/withdraw", "amount, address: to")]],
        "<select value={to} />",
      ),
      ...page([["of another state", POST("/api/withdraw", "amount, address: form.to")]]),
    ],
    "src/pay.jsx",
  );
});

it("warns, since only the server's code shows whether it believes the page", () => {
  const [[, code]] = page([["", POST("/api/withdraw", "amount, toAddress: to")]]) as [Case];
  const { findings } = lintWith(RULE, code, "src/pay.jsx");
  expect(findings.map(({ severity, messageId }) => [severity, messageId])).toEqual([["warning", "posted"]]);
  expect(findings[0]!.related?.map((step) => placeOf(code, step).split(":")[0])).toEqual(["3", "3"]);
  expect(findings[0]!.message).toContain("toAddress");
});
