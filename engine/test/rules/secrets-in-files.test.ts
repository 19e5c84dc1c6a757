import { describe, expect, it } from "vitest";
import { lintText } from "../../src/lint.ts";
import { hex, hexKey, key, live, pem, random, test, uuid, webhook } from "../observe/secrets/fake.ts";
import { type Case, lintWith, placeOf, reportsOn, silentOn } from "./lint.ts";

const RULE = "no-hardcoded-secrets";
const secret = random(24);

interface Table {
  readonly reported: readonly Case[];
  readonly silent: readonly Case[];
}

function table(fileName: string, { reported, silent }: Table): void {
  describe(fileName, () => {
    reportsOn(RULE, reported, fileName);
    silentOn(RULE, silent, fileName);
  });
}

table("deploy/compose.yaml", {
  reported: [
    ["a map of variables", `services:\n  shop:\n    environment:\n      STRIPE_SECRET_KEY: ${live}\n`, live],
    [
      "a list of variables",
      `services:\n  shop:\n    environment:\n      - "STRIPE_KEY=${live}"\n      - WEBHOOK=${webhook}\n`,
      live,
      webhook,
    ],
    ["a secret without a shape in a list", `environment:\n  - RAZORPAY_KEY_SECRET=${secret}\n`, secret],
    ["a secret without a shape in a map", `environment:\n  RAZORPAY_KEY_SECRET: ${secret}\n`, secret],
    ["a name beside its value", `env:\n  - name: RAZORPAY_KEY_SECRET\n    value: "${secret}"\n`, secret],
    ["a flow map", `env: { STRIPE: '${test}' }\n`, test],
    ["a private key in lines", `tls:\n  key: |\n    ${pem("RSA ", "\n    ")}\n`, pem("RSA ", "\n    ")],
    ["a comment", `# STRIPE: ${live}\na: 1\n`, live],
    ["an anchor that is used twice", `a: &key ${live}\nb: *key\n`, live],
    ["documents behind each other", `a: 1\n---\nb: ${live}\n`, live],
    [
      "a chart's values between templates",
      `{{- if .Values.on }}\nkey: ${live}\nother: {{ .Values.x }}\n{{- end }}\n`,
      live,
    ],
  ],
  silent: [
    [
      "interpolation",
      "environment:\n  STRIPE_SECRET_KEY: ${STRIPE_SECRET_KEY}\n  RAZORPAY_KEY_SECRET: ${RZP:-none}\n",
    ],
    [
      "placeholders",
      `env:\n  STRIPE_SECRET_KEY: sk_live_${"x".repeat(24)}\n  RAZORPAY_KEY_SECRET: your-secret-here-1234\n`,
    ],
    [
      "publishable keys and key ids",
      `env:\n  STRIPE_PK: ${key("pk_live", 99)}\n  RAZORPAY_KEY_ID: ${key("rzp_live", 14)}\n`,
    ],
    ["hashes", `digest: sha256:${hex(64)}\nintegrity: sha512-${random(86)}==\ncommit: ${hex(40)}\n`],
    ["other systems", `env:\n  SESSION_SECRET: ${random(32)}\n  REQUEST_ID: ${uuid}\n`],
    [
      "sample keys of a schema",
      `properties:\n  key:\n    type: string\n    example: ${test}\n    examples: [${webhook}]\n`,
    ],
    [
      "a script whose comment says why",
      `- run: |\n    # paylint-disable-next-line -- a key of the sandbox that everybody has\n    KEY=${test} npm test\n`,
    ],
    [
      "sample values of a schema",
      `properties:\n  paymentSecretKey:\n    type: string\n    example: ${secret}\n`,
    ],
    ["an empty file", ""],
  ],
});

table(".github/workflows/deploy.yml", {
  reported: [
    [
      "an input of an action",
      `steps:\n  - uses: a/b@v1\n    with:\n      paymongo-secret-key: ${live}\n`,
      live,
    ],
    [
      "a script",
      `steps:\n  - run: |\n      export A=1\n      RAZORPAY_KEY_SECRET=${secret} npm test\n`,
      secret,
    ],
    [
      "a key written to a file of variables",
      `- run:\n    command: |\n      echo 'export WALLET_PRIVATE_KEY=${hexKey()}' >> $BASH_ENV\n`,
      hexKey(),
    ],
  ],
  silent: [
    ["the secrets of the repository", "env:\n  STRIPE_SECRET_KEY: ${{ secrets.STRIPE_SECRET_KEY }}\n"],
    ["a public key", `- run: |\n    echo 'export PUBLIC_KEY=MFww${random(120)}' >> $BASH_ENV\n`],
    ["a hash of a commit", `- uses: actions/checkout@${hex(40)}\n`],
  ],
});

table("settings.toml", {
  reported: [
    ["a key of a table", `[payment.stripe]\nsecret_key = "${live}" # live\n`, live],
    ["a secret without a shape", `[razorpay]\nkey_secret = '${secret}'\n`, secret],
    ["an inline table and a list", `a = { b = ["${live}"] }\n`, live],
    ["a text over lines", `key = """\n${pem("", "\n")}"""\n`, pem("", "\n")],
    ["a comment", `# stripe = "${test}"\n`, test],
  ],
  silent: [
    ["hashes of packages", `[[package]]\nname = "stripe"\nhash = "sha256:${hex(64)}"\n`],
    ["dates and numbers", "at = 2026-01-01T00:00:00Z\npayment_secret_key = 1234567890\n"],
  ],
});

table("config/application.properties", {
  reported: [
    ["a key", `payment.stripe.secret-key=${live}\n`, live],
    ["a secret without a shape", `[razorpay]\nrazorpay.key.secret: "${secret}"\n`, secret],
    ["a comment", `! old = ${live}\n`, live],
  ],
  silent: [
    ["a placeholder of the framework", "stripe.secret-key=${STRIPE_SECRET_KEY}\n"],
    ["a comment", "# paypal.client.secret = ask the operators for it\n"],
  ],
});

table("scripts/pay.sh", {
  reported: [
    ["an export", `#!/bin/sh\nexport STRIPE_SECRET_KEY="${live}"\n`, live],
    ["a variable of one command", `RAZORPAY_KEY_SECRET=${secret} node pay.js\n`, secret],
    ["a header", `curl -H "Authorization: Bearer ${live}" https://api.stripe.com/v1/refunds\n`, live],
    ["a user", `curl https://api.stripe.com/v1/charges -u ${test}:\n`, test],
    [
      "HTTP Basic",
      `curl -H 'Authorization: Basic ${btoa(`${live}:`)}' https://api.paymongo.com\n`,
      btoa(`${live}:`),
    ],
    ["an option", `docker run -e RAZORPAY_KEY_SECRET="${secret}" shop\n`, secret],
    ["a document in place", `cat > key.pem <<EOF\n${pem("EC ", "\n")}\nEOF\n`, pem("EC ", "\n")],
  ],
  silent: [
    ["variables", 'curl -H "Authorization: Bearer $STRIPE_SECRET_KEY" -u "${KEY}:" https://api.stripe.com\n'],
    ["a command's output", 'PAYMENT_SECRET_KEY="$(vault read -field=key secret/stripe1)"\n'],
    ["words", "export RAZORPAY_KEY_SECRET=change-me-please\n"],
  ],
});

table("Dockerfile", {
  reported: [
    ["ENV", `FROM node\nENV STRIPE_SECRET_KEY=${live} PORT=1\n`, live],
    ["the older ENV", `ENV RAZORPAY_KEY_SECRET ${secret}\n`, secret],
    ["ARG", `ARG RAZORPAY_KEY_SECRET="${secret}"\n`, secret],
  ],
  silent: [
    ["names alone", "ARG STRIPE_SECRET_KEY\nENV STRIPE_SECRET_KEY=$STRIPE_SECRET_KEY\n"],
    ["a digest", `FROM node@sha256:${hex(64)}\n`],
  ],
});

table("infra/main.tf", {
  reported: [
    [
      "a default",
      `variable "razorpay_key_secret" {\n  type    = string\n  default = "${secret}"\n}\n`,
      secret,
    ],
    [
      "a map of variables",
      `resource "aws_lambda_function" "pay" {\n  environment {\n    variables = {\n      RAZORPAY_KEY_SECRET = "${secret}"\n      STRIPE = "${live}"\n    }\n  }\n}\n`,
      secret,
      live,
    ],
    ["a document in place", `key = <<-EOT\n${pem("", "\n")}\nEOT\n`, pem("", "\n")],
  ],
  silent: [
    ["a variable", 'stripe_secret_key = var.stripe_secret_key\nkey = "${var.razorpay_key_secret}"\n'],
    ["an address", `razorpay_key_secret_arn = "arn:aws:secretsmanager:eu-west-1:1234:secret:${secret}"\n`],
  ],
});

table("docs/setup.md", {
  reported: [
    ["a block of code", `# Pay\n\n\`\`\`js\nconst stripe = new Stripe("${live}");\n\`\`\`\n`, live],
    [
      "a block in a list",
      `- start:\n  ~~~sh\n  PAYCHAIN_API_KEY=${key("pk_live", 32)} npm start\n  ~~~\n`,
      key("pk_live", 32),
    ],
    ["a sentence", `Our key is \`${test}\`.\n`, test],
  ],
  silent: [
    [
      "placeholders",
      `\`\`\`sh\nexport STRIPE_SECRET_KEY=sk_live_your_key_here\nexport K=sk_test_...\n\`\`\`\n`,
    ],
    ["a sample without a shape", `\`\`\`dotenv\nRAZORPAY_KEY_SECRET=${secret}\n\`\`\`\n`],
    ["a documented sample key", `Use \`sk_test_4eC39HqLyj${random(14)}\`.\n`],
  ],
});

const cell = (...lines: string[]) =>
  JSON.stringify({ cells: [{ cell_type: "code", source: lines, outputs: [] }] });

table("analysis/refunds.ipynb", {
  reported: [
    ["a key", cell("import stripe\n", `stripe.api_key = "${live}"\n`), live],
    ["a secret without a shape", cell(`razorpay_key_secret = '${secret}'`), secret],
    ["what a cell printed", JSON.stringify({ cells: [{ outputs: [{ text: [`${test}\n`] }] }] }), test],
  ],
  silent: [
    ["the environment", cell('stripe.api_key = os.environ["STRIPE_SECRET_KEY"]\n')],
    ["a picture", JSON.stringify({ cells: [{ outputs: [{ data: { "image/png": random(4000) } }] }] })],
  ],
});

describe("components", () => {
  const vue = (script: string) =>
    `<template>\n  <p>{{ a }}</p>\n</template>\n${script}\n<style>p { color: red }</style>\n`;
  reportsOn(
    RULE,
    [
      [
        "a script",
        vue(`<script setup lang="ts">\nconst paymentSecretKey: string = "${secret}";\n</script>`),
        secret,
      ],
      [
        "two scripts",
        vue(`<script>export const a = "${live}"</script>\n<script setup>const b = "${test}"</script>`),
        live,
        test,
      ],
      ["an attribute", `<template><pay-button api-key="${live}" /></template>\n<script></script>`, live],
      [
        "a generic parameter",
        vue(`<script setup lang="ts" generic="T extends Map<string, T>">const k = "${live}"</script>`),
        live,
      ],
      ["a script that is not closed yet", `<script>\nconst a = "${live}"\n`, live],
    ],
    "src/Pay.vue",
  );
  reportsOn(
    RULE,
    [
      [
        "a module's script",
        `<script context="module">\n  export const paymentSecretKey = "${secret}";\n</script>\n<p>1 < 2</p>`,
        secret,
      ],
    ],
    "src/Pay.svelte",
  );
  silentOn(
    RULE,
    [
      ["the environment", vue("<script setup>const stripe = loadStripe(import.meta.env.VITE_KEY)</script>")],
      [
        "a script in a comment, a public key",
        `<!-- <script>const paymentSecretKey = "${secret}"</script> -->`,
      ],
      ["data", `<script type="application/json">{ "paymentSecretKey": "${secret}" }</script>`],
    ],
    "src/Pay.vue",
  );

  it("have all rules of scripts, at the places of the file", () => {
    const text = vue(
      `<script setup lang="ts">\nimport { createHmac } from "node:crypto";\nconst signature = createHmac("sha256", key).update(body).digest("hex");\nif (signature === req.headers["x-signature"]) pay();\n</script>`,
    );
    const { findings } = lintWith("timing-safe-compare", text, "src/Pay.vue");
    expect(findings.map((finding) => placeOf(text, finding))).toEqual(["7:5-7:45"]);
  });

  it("have the directives of scripts and of markup", () => {
    const text = `<!-- paylint-disable-next-line -- a sample -->\n<p>${live}</p>\n<script>\n// paylint-disable-next-line -- a sample\nconst a = "${live}";\n</script>`;
    const { findings, suppressed } = lintText({ fileName: "a.vue", text }, { [RULE]: { severity: "error" } });
    expect([findings.length, suppressed.length]).toEqual([0, 2]);
  });
});

describe("broken files", () => {
  it.each([
    ["a.yaml", `a: [\nkey: ${live}\n`, "This YAML is broken here"],
    ["a.yaml", `a: b: c\nkey: "${live}\n`, "This YAML is broken here"],
    ["a.toml", `a = = 1\nkey = "${live}"\n`, "This TOML is broken here"],
    ["a.toml", `key = "${live}\n[\n`, "This TOML is broken here"],
    ["a.vue", `<script>const a = ;\nconst b = "${live}";</script>`, "Unexpected token"],
  ])("%s %s has its keys found, and a problem told without its text", (fileName, text, message) => {
    const { findings, problems } = lintText({ fileName, text }, { [RULE]: { severity: "error" } });
    expect(findings.map(({ range }) => text.slice(range.start, range.end))).toEqual([live]);
    expect(problems[0]!.message).toContain(message);
    expect(JSON.stringify(problems)).not.toContain(live.slice(8));
  });

  it.each([
    [
      "a.yaml",
      `# paylint-disable\na: &x ${live}\nb: [ "${test}", *x ]\nc: |\n  KEY="${webhook}"\n--- !t\n{ d: 'e' }\n`,
    ],
    ["a.toml", `[a.b]\n"c" = ['''${live}''', { d = "${test}" }]\n[[e]]\nf = 2026-01-01\n`],
    [
      "a.tf",
      `variable "k" {\n default = "${live}"\n}\nx = <<-A\n ${test}\nA\ny = { "z" : [1, "\${a["b"]}"] }\n`,
    ],
    [
      "a.vue",
      `<!-- c --><template>${live}</template><script lang="ts">const a: A<"${test}"> = \`\${b}\`</script>`,
    ],
    ["a.md", `- a\n  ~~~js\n  k = "${live}"\n  ~~~\n\`\`\`\n${test}\n`],
    ["Dockerfile", `ENV A ${live}\nRUN echo 'B=${test}' \\\n  && C="\n`],
  ])("%s is read however far it is typed", (fileName, text) => {
    const counts = Array.from(text, (_, at) => {
      const source = { fileName, text: text.slice(0, at + 1) };
      return lintText(source, { [RULE]: { severity: "error" } }).observations.length;
    });
    expect(Math.max(...counts)).toBeGreaterThan(1);
  });

  it.each(["a.yaml", "a.toml", "a.tf", "a.sh", "a.md", "a.ini", "a.vue", "a.ipynb", "Dockerfile"])(
    "%s of deep nesting or noise is read to an end",
    (fileName) => {
      for (const text of [
        "[".repeat(20_000),
        "{a: ".repeat(20_000),
        `${live}\0\uFFFF'"<script "`,
        "```".repeat(9_999),
      ]) {
        expect(() =>
          lintText({ fileName, text: text + live }, { [RULE]: { severity: "error" } }),
        ).not.toThrow();
      }
    },
  );
});
