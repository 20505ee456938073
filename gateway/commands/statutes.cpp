// statutes import: texts of laws, where a centre has them; the product ships none.
#include <CLI/CLI.hpp>

#include <filesystem>

#include "core/json.hpp"
#include "core/text.hpp"
#include "gateway/commands/cli.hpp"
#include "gateway/commands/command.hpp"
#include "gateway/commands/statute_lines.hpp"
#include "kb/statutes.hpp"
#include "storage/articles.hpp"

namespace yuanda::gateway {
namespace {

constexpr std::size_t kBatch = 500;

struct ImportOptions {
    CommonOptions common;
    std::string file;
    bool dry_run = false;
};

/// Laws are kept under the short name of the register, articles as the law prints them, so that a citation finds
/// its text however the file wrote both.
storage::Article as_cited(StatuteLine line, const kb::StatuteRegister& statutes) {
    storage::Article article{std::move(line.law), std::move(line.article), std::move(line.text), std::move(line.path)};
    if (const auto* known = statutes.find(article.law)) article.law = known->name;
    if (const auto number = kb::parse_article(article.article)) article.article = kb::article_text(*number);
    return article;
}

Result<kb::StatuteRegister> shipped_register() {
    const auto root = find_root();
    if (!root) return root.error();
    const auto text = read_text_file(*root + "/config/statutes.toml");
    if (!text) return text.error();
    return kb::StatuteRegister::from_toml(*text);
}

int store(std::vector<StatuteLine> lines, const kb::StatuteRegister& statutes, storage::Database& database) {
    storage::Articles articles(database);
    ProgressLine progress("importing", lines.size());
    for (std::size_t begin = 0; begin < lines.size(); begin += kBatch) {
        std::vector<storage::Article> batch;
        const auto end = std::min(begin + kBatch, lines.size());
        for (auto i = begin; i < end; ++i) batch.push_back(as_cited(std::move(lines[i]), statutes));
        const auto stored = articles.import(batch);
        if (!stored) return fail(stored.error());
        progress.reached(end);
    }
    const auto count = articles.count();
    if (!count) return fail(count.error());
    say(counted(static_cast<std::int64_t>(lines.size()), "article", "articles") + " imported, " +
        std::to_string(*count) + " in all");
    return kOk;
}

int import_statutes(const ImportOptions& options) {
    std::error_code ignored;
    if (std::filesystem::is_directory(options.file, ignored))
        return fail(
            kUsage,
            "a tree of Markdown laws cannot be read yet: give a file of {\"id\",\"law\",\"article\",\"text\"} lines");
    const auto text = read_text_file(options.file);
    if (!text) return fail(kFailed, text.error().detail);
    auto lines = parse_statute_lines(*text);
    if (!lines) return fail(kDataInvalid, options.file + " " + lines.error().detail);
    const auto statutes = shipped_register();
    if (!statutes) return fail(kConfig, statutes.error().detail);
    say(counted(static_cast<std::int64_t>(lines->size()), "article", "articles") + " read");
    if (options.dry_run) return kOk;
    const auto config = load_settings(options.common);
    if (!config) return fail(kConfig, config.error().detail);
    const SystemClock clock;
    const auto database = open_database(*config, clock);
    if (!database)
        return fail(database.error().code == ErrorCode::Conflict ? kSchema : kUnavailable, database.error().detail);
    return store(std::move(*lines), *statutes, **database);
}

}  // namespace

void add_statutes_commands(CLI::App& app, Action& chosen) {
    auto* statutes = app.add_subcommand("statutes", "Texts of laws");
    statutes->require_subcommand(1);
    statutes->footer(
        examples("yuanda statutes import statutes.jsonl", "yuanda statutes import statutes.jsonl --dry-run"));
    auto options = std::make_shared<ImportOptions>();
    auto* command = statutes->add_subcommand("import", "Store articles; those of the same law and number are replaced");
    command->add_option("file", options->file, "lines of {\"id\",\"law\",\"article\",\"text\",\"path\"?}")->required();
    command->add_flag("--dry-run", options->dry_run, "only read and check");
    command->add_option("--config", options->common.config_file, "configuration file");
    command->footer(
        examples("yuanda statutes import statutes.jsonl", "yuanda statutes import statutes.jsonl --dry-run"));
    command->callback([&chosen, options] { chosen = [options] { return import_statutes(*options); }; });
}

}  // namespace yuanda::gateway
