import { type ListedItem, rules } from "@paylint/engine";

const NAMES = { asvs: "OWASP ASVS 5.0.0", pci: "PCI DSS 4.0.1", api: "OWASP API Security 2023" } as const;
const ruleOfId = new Map(rules.map((rule) => [rule.id, rule]));

/** The clauses that the rules of an item support, one text for each standard: "PCI DSS 4.0.1: 6.2.4, 8.6.2". */
export function standardsOf({ rules: ids = [] }: Pick<ListedItem, "rules">): readonly string[] {
  const held = ids.flatMap((id) => ruleOfId.get(id)?.meta.standards ?? []);
  return (["asvs", "pci", "api"] as const).flatMap((standard) => {
    const clauses = [...new Set(held.flatMap((standards) => standards[standard]))];
    return clauses.length > 0 ? [`${NAMES[standard]}: ${clauses.join(", ")}`] : [];
  });
}
