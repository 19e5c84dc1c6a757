/** The JSON Schema of provider files, for those that a team brings along. */
export { default as providerSchema } from "../../../providers/provider.schema.json" with { type: "json" };
