-- What a person does in Neovim with Paylint, step by step; what came of it is written as JSON.
local program, file, report = vim.env.PAYLINT_SERVER, vim.env.PAYLINT_FILE, vim.env.PAYLINT_REPORT
local said = {}

local function finish()
  vim.fn.writefile({ vim.fn.json_encode(said) }, report)
  vim.cmd("qa!")
end

local function codes()
  local found = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    table.insert(found, diagnostic.code or diagnostic.user_data.lsp.code)
  end
  table.sort(found)
  return found
end

local function wait_for(what, condition)
  if vim.wait(20000, condition, 20) then return end
  error("waited for " .. what .. "; there is [" .. table.concat(codes(), ", ") .. "]")
end

local function has_findings() return #codes() > 0 end
local function has_none() return #codes() == 0 end

local function client()
  return vim.lsp.get_active_clients()[1]
end

local function apply(title)
  local params = vim.lsp.util.make_range_params()
  local last = vim.api.nvim_buf_line_count(0)
  params.range = { start = { line = 0, character = 0 }, ["end"] = { line = last, character = 0 } }
  params.context = { diagnostics = {} }
  local answers = vim.lsp.buf_request_sync(0, "textDocument/codeAction", params, 20000)
  for _, answer in pairs(answers) do
    for _, action in ipairs(answer.result) do
      if action.title:match(title) then
        vim.lsp.util.apply_workspace_edit(action.edit, client().offset_encoding)
        return
      end
    end
  end
  error(title .. " is not offered")
end

-- 0.7, Debian's, has the two steps of it only.
vim.lsp.start = vim.lsp.start or function(config)
  for _, other in ipairs(vim.lsp.get_active_clients()) do
    if other.name == config.name then return vim.lsp.buf_attach_client(0, other.id) end
  end
  vim.lsp.buf_attach_client(0, vim.lsp.start_client(config))
end

local ok, problem = pcall(function()
  -- The lines of docs/editors.md, with the program at hand.
  loadstring((vim.env.PAYLINT_CONFIG:gsub('"paylint%-language%-server"', function() return program end)))()
  vim.cmd("edit " .. vim.fn.fnameescape(file))
  wait_for("findings", has_findings)
  said.findings = codes()

  apply("^Compare in constant time$")
  wait_for("nothing", has_none)
  said.repaired = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), "\n")

  vim.cmd("undo")
  wait_for("the finding again", has_findings)
  local first = client().id
  vim.lsp.stop_client(first, true)
  wait_for("the end of the server", function() return client() == nil end)
  vim.cmd("edit!")
  wait_for("another server", function() return client() ~= nil and client().id ~= first end)
  wait_for("its findings", has_findings)
  said.restarted = codes()
end)
if not ok then said.problem = tostring(problem) end
finish()
