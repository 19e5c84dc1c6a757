import type { Amount } from "../observe/observation.ts";
import { providerById } from "../providers/index.ts";
import { relatedOf } from "./related.ts";
import { defineRule } from "./rule.ts";

export const noFloatAmounts = defineRule({
  id: "no-float-amounts",
  meta: {
    description: "disallow sums of money in binary floating point",
    severity: "error",
    presets: ["recommended", "strict"],
    languages: ["javascript", "prisma"],
    cwe: [1339, 682],
    standards: { asvs: ["2.3.2"], pci: ["6.2.4"], api: ["API6"] },
    messages: {
      "unrounded-factor":
        "This part of a sum is never rounded to whole units: as a binary fraction it is off by a trifle that adds up in balances and that a provider refuses. Round it once to whole minor units, or calculate with bigint or a decimal library{{form}}.",
      rate: "This conversion is never rounded to whole units: as a binary fraction it asks for or pays out more or less than was agreed. Calculate with bigint or a decimal library and round once, in the direction that was agreed{{form}}.",
      "unrounded-unit":
        "This multiplies a binary fraction and does not round: 19.99 * 100 is 1998.9999999999998, which a provider refuses or cuts to a cent too little. Wrap it in Math.round, or keep sums in whole minor units{{form}}.",
      truncated:
        "This cuts the fraction off instead of rounding: 19.99 * 100 is 1998.9999999999998, so one unit too little is charged or paid. Use Math.round, or read the decimal string without a float{{form}}.",
      "rounded-trip":
        "Number(x.toFixed(n)) makes a float again, and toFixed cuts halves such as 1.005 the wrong way: the next sum is off once more. Keep sums in whole minor units, or calculate with a decimal library{{form}}.",
      "parsed-fraction":
        "This reads a sum as a float, so what is charged or paid can differ from what was written. Check the decimal string and keep it, or make whole minor units of it{{form}}.",
      "parsed-sum":
        "This reads a decimal column as a float, adds to it and writes it back: the balance drifts from the entries it is made of. Let the database add, or calculate with bigint or a decimal library{{form}}.",
      narrowed:
        "This makes a Number of a bigint of so many units that its last digits are lost: a Number holds 0.009 ether in wei exactly, and no more. Keep the bigint, and send and store it as a string of digits{{form}}.",
      "fixed-string":
        "This makes the string that is sent from a calculated float: toFixed rounds what the float happens to be, and cuts halves such as 1.005 the wrong way. Calculate in whole minor units and write the decimal point in{{form}}.",
      "float-column":
        "This column stores money as a binary fraction: sums over it do not match what was charged. Use an integer for minor units, or a decimal type{{form}}.",
      "minor-units":
        "This sends an amount in the smallest unit, and {{provider}} takes {{takes}}: a hundred times the sum is asked for or paid out, or more. Send the amount in major units.",
      "major-units":
        "This sends an amount in major units, and {{provider}} takes {{takes}}: it refuses a fraction, and of 20 it takes 0.20. Multiply by 100 and round once.",
      "zero-decimal":
        "{{currency}} has no decimals, and {{provider}} takes its amounts as they are: written as if it had two, a hundred times the price is asked for, or the request is refused. Leave the multiplication and the decimals out for {{currency}}.",
      "three-decimal":
        "{{currency}} has three decimals, and {{provider}} takes its amounts in thousandths: times 100, a tenth of the price is asked for. Multiply by 1000 for {{currency}}.",
    },
    schema: {
      type: "object",
      properties: {
        columns: {
          type: "boolean",
          description: "whether columns of binary floating point are told, which only a migration can change",
        },
      },
      additionalProperties: false,
    },
  },
  observes: "amount",
  defaultOptions: { columns: true },
  check(amount, { columns }) {
    const { exact, shape, unit, mistake, repairs } = amount;
    if (exact.answer === "no" && (shape !== "float-column" || columns)) {
      const data = { form: formOf(amount) };
      return { messageId: shape, data, range: exact.range, related: relatedOf(exact), suggestions: repairs };
    }
    if (unit?.answer !== "no" || !mistake) return undefined;
    const data = unitData(amount);
    return { messageId: mistake, data, range: unit.range, related: relatedOf(unit), suggestions: repairs };
  },
});

const FORMS = {
  "minor-integer": "whole minor units, such as 1999",
  "decimal-string": 'a decimal string, such as "19.99"',
  "major-number": "a number in major units, such as 19.99",
};

function unitData({ provider: id, currency }: Amount): Readonly<Record<string, string>> {
  const provider = id === undefined ? undefined : providerById(id);
  const form = provider?.amounts.request;
  return {
    provider: provider?.name ?? "the provider",
    takes: form ? FORMS[form] : "another unit",
    currency: currency ?? "this currency",
  };
}

/** In which form the provider takes the amount, as the end of a sentence. */
function formOf({ provider: id }: Amount): string {
  const provider = id === undefined ? undefined : providerById(id);
  const form = provider?.amounts.request;
  return form ? `; ${provider.name} takes ${FORMS[form]}` : "";
}
