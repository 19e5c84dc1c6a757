import type { TSESTree } from "@typescript-eslint/types";
import type { Branches, End, GraphBuilder, GrowingPoint } from "./graph-builder.ts";
import { condition } from "./graph-conditions.ts";
import { bind, isTypeOnly, visit, visitClass } from "./graph-expressions.ts";
import type { Root } from "./graph.ts";
import { isFunction, type Node } from "./tree.ts";

export function visitRoot(b: GraphBuilder, root: Root): void {
  if (!isFunction(root)) visitBody(b, root.body);
  else {
    for (const parameter of root.params) bind(b, parameter, root);
    if (root.body.type === "BlockStatement") visitBody(b, root.body.body);
    else visit(b, root.body);
  }
  b.returnFrom();
}

/** Follows a statement or a declaration; false when the node is neither. */
export function visitStatement(b: GraphBuilder, node: Node): boolean {
  const follow = STATEMENTS[node.type] as ((b: GraphBuilder, node: Node) => void) | undefined;
  if (!follow) return false;
  b.enter(node);
  follow(b, node);
  return true;
}

const STATEMENTS: {
  readonly [Type in Node["type"]]?: (b: GraphBuilder, node: Extract<Node, { type: Type }>) => void;
} = {
  BlockStatement: (b, node) => visitBody(b, node.body),
  BreakStatement: (b, node) => b.jump("break", node.label?.name),
  ClassDeclaration(b, node) {
    visitClass(b, node);
    b.event(node);
  },
  ContinueStatement: (b, node) => b.jump("continue", node.label?.name),
  DebuggerStatement() {},
  DoWhileStatement: visitDoWhile,
  EmptyStatement() {},
  ExportAllDeclaration() {},
  ExportDefaultDeclaration: (b, node) => visit(b, node.declaration),
  ExportNamedDeclaration: (b, node) => visit(b, node.declaration),
  ExpressionStatement: (b, node) => visit(b, node.expression),
  ForInStatement: visitForEach,
  ForOfStatement: visitForEach,
  ForStatement: visitFor,
  // Declared functions exist from the start of the block: see visitBody.
  FunctionDeclaration() {},
  IfStatement: visitIf,
  ImportDeclaration() {},
  LabeledStatement: visitLabeled,
  ReturnStatement(b, node) {
    visit(b, node.argument);
    b.event(node);
    b.returnFrom();
  },
  StaticBlock: (b, node) => visitBody(b, node.body),
  SwitchStatement: visitSwitch,
  TSEnumDeclaration(b, node) {
    for (const member of node.body.members) visit(b, member.initializer);
    b.write(node.id, node);
  },
  TSModuleDeclaration(b, node) {
    if (node.body) visitBody(b, (node.body as TSESTree.TSModuleBlock).body);
  },
  ThrowStatement(b, node) {
    visit(b, node.argument);
    b.event(node);
    b.throwFrom();
  },
  TryStatement: visitTry,
  VariableDeclaration(b, node) {
    for (const declarator of node.declarations) {
      visit(b, declarator.init);
      // `let x;` in a loop makes x undefined again, `var x;` leaves it alone.
      if (declarator.init || node.kind !== "var") bind(b, declarator.id, declarator);
      b.event(declarator);
    }
  },
  WhileStatement: visitWhile,
  WithStatement(b, node) {
    visit(b, node.object);
    visit(b, node.body);
  },
};

/** Imports and declared functions have their values before the first statement runs. */
function visitBody(b: GraphBuilder, body: readonly Node[]): void {
  hoistAll(b, body);
  for (const statement of body) visit(b, statement);
}

function hoistAll(b: GraphBuilder, body: readonly Node[]): void {
  for (const statement of body) hoist(b, statement);
}

function hoist(b: GraphBuilder, statement: Node): void {
  switch (statement.type) {
    case "ImportDeclaration":
      for (const specifier of statement.specifiers) b.write(specifier.local, specifier);
      return;
    case "ExportDefaultDeclaration":
    case "ExportNamedDeclaration":
      if (statement.declaration && !isTypeOnly(statement.declaration)) hoist(b, statement.declaration);
      return;
    case "LabeledStatement":
      return hoist(b, statement.body);
    case "FunctionDeclaration":
      b.event(statement);
      if (statement.id) b.write(statement.id, statement);
  }
}

/** `else if` is followed in a loop: generated code chains them by the hundred. */
function visitIf(b: GraphBuilder, node: TSESTree.IfStatement): void {
  const after = b.join();
  for (let next: TSESTree.IfStatement | undefined = node; next;) {
    if (next !== node) b.enter(next);
    const { yes, no }: Branches = condition(b, next.test);
    b.ends = yes;
    visit(b, next.consequent);
    b.moveTo(after);
    b.ends = no;
    const otherwise: TSESTree.Statement | null = next.alternate;
    next = otherwise?.type === "IfStatement" ? otherwise : undefined;
    if (!next) visit(b, otherwise);
  }
  b.moveTo(after);
}

type Loop =
  | TSESTree.DoWhileStatement
  | TSESTree.ForInStatement
  | TSESTree.ForOfStatement
  | TSESTree.ForStatement
  | TSESTree.WhileStatement;

function isLoop(node: Node): node is Loop {
  return /^(?:DoWhile|For|ForIn|ForOf|While)Statement$/.test(node.type);
}

/** A loop takes its labels along, for `continue`; any other statement is only left by them. */
function visitLabeled(b: GraphBuilder, node: TSESTree.LabeledStatement): void {
  const labels = [node.label.name];
  let body: Node = node.body;
  for (; body.type === "LabeledStatement"; body = body.body) labels.push(body.label.name);
  if (isLoop(body)) {
    b.labels.set(body, labels);
    return visit(b, body);
  }
  const onBreak = b.join();
  b.inJumpFrame({ labels, plain: false, onBreak }, () => visit(b, body));
  b.moveTo(onBreak);
}

function visitLoopBody(b: GraphBuilder, node: Loop, onBreak: GrowingPoint, onContinue: GrowingPoint): void {
  const labels = b.labels.get(node) ?? [];
  b.inJumpFrame({ labels, plain: true, onBreak, onContinue }, () => visit(b, node.body));
  b.moveTo(onContinue);
}

function visitWhile(b: GraphBuilder, node: TSESTree.WhileStatement): void {
  const head = b.join();
  const after = b.join();
  b.moveTo(head);
  const { yes, no } = condition(b, node.test);
  b.ends = yes;
  visitLoopBody(b, node, after, head);
  b.ends = no;
  b.moveTo(after);
}

function visitDoWhile(b: GraphBuilder, node: TSESTree.DoWhileStatement): void {
  const start = b.join();
  const after = b.join();
  b.moveTo(start);
  visitLoopBody(b, node, after, b.join());
  const { yes, no } = condition(b, node.test);
  b.connect(yes, start);
  b.ends = no;
  b.moveTo(after);
}

function visitFor(b: GraphBuilder, node: TSESTree.ForStatement): void {
  visit(b, node.init);
  const head = b.join();
  const after = b.join();
  b.moveTo(head);
  const { yes, no }: Branches = node.test ? condition(b, node.test) : { yes: b.ends, no: [] };
  b.ends = yes;
  visitLoopBody(b, node, after, b.join());
  visit(b, node.update);
  b.connect(b.ends, head);
  b.ends = no;
  b.moveTo(after);
}

function visitForEach(b: GraphBuilder, node: TSESTree.ForInStatement | TSESTree.ForOfStatement): void {
  visit(b, node.right);
  const head = b.join();
  const after = b.join();
  b.moveTo(head);
  // The next item is asked for, which may throw, until there is none.
  b.mayThrow();
  b.connect(b.ends, after);
  if (node.left.type === "VariableDeclaration") {
    const [declarator] = node.left.declarations;
    if (declarator) {
      bind(b, declarator.id, declarator);
      b.event(declarator);
    }
  } else bind(b, node.left, node);
  visitLoopBody(b, node, after, head);
  b.ends = [];
  b.moveTo(after);
}

/** All tests come before all bodies, wherever `default` stands. */
function visitSwitch(b: GraphBuilder, node: TSESTree.SwitchStatement): void {
  visit(b, node.discriminant);
  for (const branch of node.cases) hoistAll(b, branch.consequent);
  const matches = new Map<Node, readonly End[]>();
  for (const branch of node.cases) {
    if (!branch.test) continue;
    visit(b, branch.test);
    const { test, matching } = caseTest(node, branch, branch.test);
    matches.set(branch, b.given(test, matching));
    b.ends = b.given(test, !matching);
  }
  const otherwise = node.cases.find((branch) => !branch.test);
  const after = b.join();
  if (otherwise) matches.set(otherwise, b.ends);
  else b.moveTo(after);
  b.ends = [];
  b.inJumpFrame({ labels: [], plain: true, onBreak: after }, () => {
    for (const branch of node.cases) {
      b.ends = [...b.ends, ...matches.get(branch)!];
      b.enter(branch);
      for (const statement of branch.consequent) visit(b, statement);
    }
  });
  b.moveTo(after);
}

/** `switch (true) { case ok: }` and `switch (ok) { case true: }` test what `if (ok)` tests. */
function caseTest(
  node: TSESTree.SwitchStatement,
  branch: TSESTree.SwitchCase,
  test: Node,
): { readonly test: Node; readonly matching: boolean } {
  const subject = node.discriminant;
  if (subject.type === "Literal" && typeof subject.value === "boolean")
    return { test, matching: subject.value };
  if (test.type === "Literal" && typeof test.value === "boolean")
    return { test: subject, matching: test.value };
  return { test: branch, matching: true };
}

function visitTry(b: GraphBuilder, node: TSESTree.TryStatement): void {
  const { finalizer } = node;
  if (!finalizer) return visitCatch(b, node);
  b.inFinallyFrame(
    () => visitCatch(b, node),
    () => visit(b, finalizer),
  );
}

function visitCatch(b: GraphBuilder, { block, handler }: TSESTree.TryStatement): void {
  if (!handler) return visit(b, block);
  const caught = b.join();
  b.inCatchFrame(caught, () => visit(b, block));
  const after = b.ends;
  b.ends = [{ from: caught }];
  b.enter(handler);
  bind(b, handler.param, handler);
  visit(b, handler.body);
  b.ends = [...after, ...b.ends];
}
