import { describe } from "vitest";
import { reports, silent } from "./lint.ts";

const PG = `import { pgTable, real, numeric, doublePrecision, integer } from "drizzle-orm/pg-core"; `;

describe("reported: columns of binary floating point", () => {
  reports([
    [
      "TypeORM's double",
      "float-column",
      `@Column({ type: "double", default: 0 }) balance: number;`,
      `import { Entity, Column } from "typeorm"; @Entity() export class Wallet { @Column({ type: "double", default: 0 }) balance: number; }`,
    ],
    [
      "TypeORM's real",
      "float-column",
      `@Column("real") price: number;`,
      `import { Column } from "typeorm"; export class Order { @Column("real") price: number; }`,
    ],
    [
      "TypeORM's schema of an entity",
      "float-column",
      `amount: { type: "float" }`,
      `import { EntitySchema } from "typeorm"; export const Payment = new EntitySchema({ name: "payment", columns: { amount: { type: "float" } } });`,
    ],
    [
      "sequelize-typescript",
      "float-column",
      `@Column({ type: DataType.FLOAT, allowNull: false }) totalAmount: number;`,
      `import { Column, DataType, Table } from "sequelize-typescript"; @Table export class Order { @Column({ type: DataType.FLOAT, allowNull: false }) totalAmount: number; }`,
    ],
    [
      "sequelize-typescript, short",
      "float-column",
      `@Column(DataType.DOUBLE) fee: number;`,
      `import { Column, DataType } from "sequelize-typescript"; export class Payout { @Column(DataType.DOUBLE) fee: number; }`,
    ],
    [
      "a model that a function is given",
      "float-column",
      `price: { type: dataTypes.FLOAT, allowNull: false }`,
      `module.exports = (sequelize, dataTypes) => sequelize.define("order", { price: { type: dataTypes.FLOAT, allowNull: false } });`,
    ],
    [
      "a model's init",
      "float-column",
      `amount: { type: DataTypes.DOUBLE, allowNull: false }`,
      `class Payment extends Model { static init(sequelize) { super.init({ amount: { type: DataTypes.DOUBLE, allowNull: false } }, { sequelize }); } }`,
    ],
    [
      "MikroORM's property",
      "float-column",
      `@Property({ columnType: "double precision" }) amount!: number;`,
      `import { Property } from "@mikro-orm/core"; export class Payment { @Property({ columnType: "double precision" }) amount!: number; }`,
    ],
    [
      "Drizzle in an object of columns",
      "float-column",
      `amount: doublePrecision("amount").notNull().default(0)`,
      `${PG}export const payments = pgTable("payments", { amount: doublePrecision("amount").notNull().default(0) });`,
    ],
    [
      "Drizzle's SQLite",
      "float-column",
      `price: real("price")`,
      `import { sqliteTable, real } from "drizzle-orm/sqlite-core"; export const orders = sqliteTable("orders", { price: real("price") });`,
    ],
    [
      "Drizzle's columns as a parameter",
      "float-column",
      `price: t.real().notNull()`,
      `import { pgTable } from "drizzle-orm/pg-core"; export const orders = pgTable("orders", (t) => ({ price: t.real().notNull() }));`,
    ],
    [
      "Knex's double",
      "float-column",
      `t.double("commission_amount")`,
      `exports.up = (knex) => knex.schema.createTable("payouts", (t) => { t.double("commission_amount").defaultTo(0); });`,
    ],
    [
      "Mongoose's Double",
      "float-column",
      `amount: { type: Schema.Types.Double, required: true }`,
      `import { Schema } from "mongoose"; export const Payment = new Schema({ amount: { type: Schema.Types.Double, required: true } });`,
    ],
    [
      "a plugin's Float for Mongoose",
      "float-column",
      `price: { type: Float }`,
      `const mongoose = require("mongoose"); const Float = require("mongoose-float").loadType(mongoose); const Order = new mongoose.Schema({ price: { type: Float } });`,
    ],
    [
      "SQL that creates a table",
      "float-column",
      "amount REAL",
      'export const setUp = (db) => db.exec("CREATE TABLE payments (id TEXT PRIMARY KEY, amount REAL NOT NULL, status TEXT)");',
    ],
    [
      "SQL over several lines",
      "float-column",
      "total_price DOUBLE PRECISION",
      "export const up = (client) => client.query(`CREATE TABLE IF NOT EXISTS orders (\n  id SERIAL,\n  total_price DOUBLE PRECISION,\n  rating REAL\n)`);",
    ],
    [
      "SQL that adds a column",
      "float-column",
      `"fee" float`,
      `export class Fee1 { async up(queryRunner) { await queryRunner.query('ALTER TABLE "payout" ADD "fee" float NOT NULL'); } }`,
    ],
  ]);
});

describe("silent: other columns", () => {
  silent([
    [
      "Mongoose's plain numbers, which may hold cents",
      `import { Schema } from "mongoose"; export const Payment = new Schema({ amount: { type: Number, required: true }, price: Number });`,
    ],
    [
      "Mongoose's Decimal128",
      `import { Schema } from "mongoose"; export const Payment = new Schema({ amount: Schema.Types.Decimal128 });`,
    ],
    [
      "Nest's Mongoose properties",
      `import { Prop, Schema } from "@nestjs/mongoose"; @Schema() export class Payment { @Prop({ type: Number }) amount: number; @Prop() price: number; }`,
    ],
    [
      "TypeORM's numbers without a type",
      `import { Column } from "typeorm"; export class Payment { @Column() amount: number; @Column("int") fee: number; }`,
    ],
    [
      "a double that is a name of another class",
      `import { Column } from "typeorm"; export class Order { @Column({ type: "enum", enum: Room }) price: Room; } // double`,
    ],
    [
      "Drizzle's exact columns",
      `${PG}export const payments = pgTable("payments", { amount: integer("amount"), fee: numeric("fee", { precision: 12, scale: 2 }), score: real("score") });`,
    ],
    [
      "DTOs and GraphQL's floats",
      `import { Field, Float, InputType } from "@nestjs/graphql"; @InputType() export class PayInput { @Field(() => Float) amount: number; } // payment`,
    ],
    ["GraphQL's schema", "export const typeDefs = gql`type Payment { amount: Float! price: Float }`;"],
    [
      "SQL with exact columns",
      'export const setUp = (db) => db.exec("CREATE TABLE payments (amount INTEGER NOT NULL, fee NUMERIC(12, 2), weight REAL)");',
    ],
    ["SQL that asks", 'export const total = (db) => db.query("SELECT CAST(amount AS REAL) FROM payments");'],
    [
      "SQL of a migration's way back",
      `export class Fee1 { async up(queryRunner) { await queryRunner.query('ALTER TABLE "payout" ADD "fee" numeric'); } async down(queryRunner) { await queryRunner.query('ALTER TABLE "payout" ADD "fee" float'); } }`,
    ],
    [
      "SQL of another kind of table",
      'export const setUp = (db) => db.exec("CREATE TABLE samples (value REAL, cost_function REAL)");',
    ],
    [
      "a table builder's float of something else",
      `exports.up = (knex) => knex.schema.createTable("orders", (t) => { t.float("weight"); t.double("latitude"); });`,
    ],
    [
      "a rate",
      `export const Payout = sequelize.define("payout", { feeRate: DataTypes.FLOAT, commissionPercent: { type: DataTypes.FLOAT } });`,
    ],
    [
      "a validator's double",
      `import Joi from "joi"; export const payment = Joi.object({ amount: Joi.number().precision(2), price: type.double });`,
    ],
    [
      "a comment",
      `// amount: { type: DataTypes.FLOAT }\nexport const payment = { amount: DataTypes.DECIMAL };`,
    ],
  ]);
});
