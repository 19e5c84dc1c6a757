import { describe, expect, test } from "vitest";
import { parsePrisma } from "../../src/parse/prisma.ts";

function fields(text: string): string[] {
  return parsePrisma({ fileName: "schema.prisma", text }).file.entries.map(
    ({ path, value, range }) => `${path.join(".")} = ${value} | ${text.slice(range.start, range.end)}`,
  );
}

describe("parsePrisma", () => {
  test("reads the fields of models with their attributes", () => {
    expect(fields('model Order {\n  id    Int   @id\n  price Float? @map("p") // in euros\n}\n')).toEqual([
      "model.Order.id = Int   @id | id    Int",
      'model.Order.price = Float? @map("p") | price Float?',
    ]);
  });

  test("reads lists, types and views, and lines that end as on Windows", () => {
    expect(fields("type Money {\r\n\tamount Float\r\n}\r\nview Sums {\r\n  totals Float[]\r\n}")).toEqual([
      "type.Money.amount = Float | amount Float",
      "view.Sums.totals = Float[] | totals Float[]",
    ]);
  });

  test("skips comments, block attributes, enums and settings", () => {
    const text = [
      'datasource db {\n  provider = "postgresql"\n  url = env("URL")\n}',
      "enum Status {\n  PAID\n  OPEN Float\n}",
      "model A {\n  // price Float\n  /// amount Float\n  @@index([a])\n\n}\n",
      "stray Float\n",
    ].join("\n");
    expect(fields(text)).toEqual([]);
  });

  test("a // in a string begins no comment", () => {
    expect(fields('model A {\n  site String @default("https://a.example") @db.Text\n}')).toEqual([
      'model.A.site = String @default("https://a.example") @db.Text | site String',
    ]);
  });

  test("reads a schema that is being written", () => {
    expect(fields("model A {\n  amount Float\n  price\nmodel B {\n  fee Float")).toEqual([
      "model.A.amount = Float | amount Float",
      "model.B.fee = Float | fee Float",
    ]);
  });
});
