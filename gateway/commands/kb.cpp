// kb lint, search, export, import, reindex: the knowledge base from a terminal.
#include <CLI/CLI.hpp>

#include <chrono>

#include "core/json.hpp"
#include "gateway/commands/cli.hpp"
#include "gateway/commands/command.hpp"
#include "gateway/commands/demo.hpp"
#include "gateway/knowledge.hpp"
#include "gateway/sources.hpp"
#include "kb/evaluation.hpp"
#include "kb/lint.hpp"

namespace yuanda::gateway {
namespace {

using OrderedJson = nlohmann::ordered_json;

struct KbOptions {
    CommonOptions common;
    bool json = false;
    int limit = 5;
    std::vector<std::string> words;
    std::string file;
    std::string data;
    bool publish = false;
};

std::string finding_line(const kb::LintFinding& finding, bool json) {
    if (json)
        return OrderedJson{{"level", kb::name_of(finding.level)},
                           {"entry", finding.entry},
                           {"field", finding.field},
                           {"rule", finding.rule},
                           {"message", finding.message}}
            .dump();
    return std::string(kb::name_of(finding.level)) + " " + finding.entry + " [" + finding.field + "] " +
           finding.message + " (" + finding.rule + ")";
}

int lint(const KbOptions& options) {
    const auto root = find_root();
    if (!root) return fail(kConfig, root.error().detail);
    const auto sources = kb::load_base_sources(*root);
    if (!sources) return fail(kDataInvalid, sources.error().detail);
    const auto findings = kb::lint(*sources, china_date(SystemClock{}.now()));
    std::size_t errors = 0;
    for (const auto& finding : findings) {
        errors += finding.level == kb::LintFinding::Level::Error ? 1 : 0;
        print(finding_line(finding, options.json));
    }
    say(std::to_string(sources->entries.size()) + " entries, " + std::to_string(errors) + " errors, " +
        std::to_string(findings.size() - errors) + " warnings");
    return errors == 0 ? kOk : kDataInvalid;
}

int search(const KbOptions& options) {
    std::string text;
    for (const auto& word : options.words) text += (text.empty() ? "" : " ") + word;
    const auto root = find_root();
    if (!root) return fail(kConfig, root.error().detail);
    const auto reader = load_reader(*root);
    if (!reader) return fail(reader.error());
    const auto generation = build_generation(*root, "");
    if (!generation) return fail(generation.error());
    const auto heard = (*reader)->read(text);
    const auto found = (*generation)->index->search(heard.plain, heard.topic(), options.limit);
    if (!found) return fail(found.error());
    OrderedJson out{{"topic", heard.topic()}, {"confidence", found->confidence}, {"hits", OrderedJson::array()}};
    for (const auto& hit : found->hits) {
        if (!options.json) print(std::to_string(hit.score).substr(0, 6) + "  " + hit.entry.value + "  " + hit.question);
        out["hits"].push_back(
            {{"entry_id", hit.entry.value}, {"question", hit.question}, {"topic", hit.topic}, {"score", hit.score}});
    }
    if (options.json)
        print(out.dump());
    else
        say("confidence " + std::to_string(found->confidence).substr(0, 4));
    return kOk;
}

/// The shape import and eval read back, with the entry's own fields beside it.
OrderedJson exported(const kb::Base& base, const kb::Entry& entry) {
    std::string keyword;
    for (const auto& word : entry.keywords) keyword += (keyword.empty() ? "" : "、") + word;
    std::string answer = base.resolve(entry.conclusion);
    for (const auto& section : entry.sections) {
        answer += "\n" + section.title;
        for (const auto& item : section.items) answer += "\n" + base.resolve(item);
    }
    OrderedJson citations = OrderedJson::array();
    for (const auto& citation : entry.citations)
        citations.push_back({{"law", citation.law}, {"article", citation.article}});
    return {{"id", entry.id.value},       {"topic", entry.topic},
            {"question", entry.question}, {"variants", entry.variants},
            {"keyword", keyword},         {"answer", answer},
            {"citations", citations},     {"reviewed_on", entry.reviewed_on}};
}

int export_entries(const KbOptions&) {
    const auto root = find_root();
    if (!root) return fail(kConfig, root.error().detail);
    const auto sources = kb::load_base_sources(*root);
    if (!sources) return fail(sources.error());
    const auto base = kb::Base::build(*sources);
    if (!base) return fail(base.error());
    for (const auto& entry : (*base)->entries()) print(exported(**base, entry).dump());
    say(std::to_string((*base)->entries().size()) + " entries");
    return kOk;
}

/// Unreviewed entries may be served where nobody relies on them: by a demonstration.
Result<Config> demo_config_of(const KbOptions& options) {
    if (options.data.empty()) {
        auto config = load_settings(options.common);
        if (!config || config->demo) return config;
    }
    return demo_settings(options.data.empty() ? kDefaultDemoFolder : options.data);
}

int import_entries(const KbOptions& options) {
    if (!options.publish)
        return fail(kUsage,
                    "import without --publish would make drafts, which come with the editors' house; "
                    "with --publish the entries go to a demonstration");
    const auto config = demo_config_of(options);
    if (!config) return fail(kConfig, config.error().detail);
    const auto text = read_text_file(options.file);
    if (!text) return fail(kFailed, text.error().detail);
    const auto count = publish_imports(config->index_dir, *text);
    if (!count) return fail(count.error());
    say(std::to_string(*count) + " entries published to " + config->index_dir +
        "; a running demonstration serves them within seconds");
    return kOk;
}

int reindex(const KbOptions& options) {
    const auto config = load_settings(options.common);
    if (!config) return fail(kConfig, config.error().detail);
    const auto begin = std::chrono::steady_clock::now();
    const auto generation = build_generation(config->root, config->index_dir);
    if (!generation) return fail(generation.error());
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    say(std::to_string((*generation)->base->entries().size()) + " entries indexed in " + config->index_dir + ", " +
        std::to_string(took.count()).substr(0, 4) + " s");
    return kOk;
}

int publish(const KbOptions&) {
    return fail(kFailed,
                "publishing reviewed drafts comes with the editors' house; the shipped entries are the files "
                "below kb/entries/, served as they are");
}

using Verb = int (*)(const KbOptions&);

CLI::App* add_verb(CLI::App& noun, Action& chosen, const std::shared_ptr<KbOptions>& options, Verb verb,
                   const char* name, const char* about) {
    auto* command = noun.add_subcommand(name, about);
    command->callback([&chosen, options, verb] { chosen = [options, verb] { return verb(*options); }; });
    return command;
}

}  // namespace

void add_kb_commands(CLI::App& app, Action& chosen) {
    auto* kb = app.add_subcommand("kb", "The knowledge base: check, search, export, import, index");
    kb->require_subcommand(1);
    kb->footer(examples("yuanda kb lint", "yuanda kb search --json --limit 3 \"没签合同\""));
    auto options = std::make_shared<KbOptions>();

    auto* checked = add_verb(*kb, chosen, options, lint, "lint", "Check every entry; exit 4 when one is wrong");
    checked->add_flag("--json", options->json, "one finding a line as JSON");
    checked->footer(examples("yuanda kb lint", "yuanda kb lint --json | jq .rule"));

    auto* searched = add_verb(*kb, chosen, options, search, "search", "Find entries for a question");
    searched->add_option("text", options->words, "the question")->required();
    searched->add_flag("--json", options->json, "hits with scores as JSON");
    searched->add_option("--limit", options->limit, "how many")->check(CLI::Range(1, 100));
    searched->footer(examples("yuanda kb search \"没签合同\"", "yuanda kb search --json --limit 3 \"离婚孩子归谁\""));

    auto* out = add_verb(*kb, chosen, options, export_entries, "export", "Write all entries as JSON lines");
    out->footer(examples("yuanda kb export > entries.jsonl", "yuanda kb export | wc -l"));

    auto* in = add_verb(*kb, chosen, options, import_entries, "import", "Serve entry lines in a demonstration");
    in->add_option("file", options->file, "lines of {\"id\",\"question\",\"keyword\",\"answer\"}")->required();
    in->add_flag("--publish", options->publish, "at once, without review (demonstrations and measurements only)");
    in->add_option("--data", options->data, "the demonstration's folder");
    in->add_option("--config", options->common.config_file, "configuration file of a demonstration");
    in->footer(examples("yuanda kb import entries.jsonl --publish",
                        "yuanda kb import entries.jsonl --publish --data /srv/demo"));

    auto* built = add_verb(*kb, chosen, options, reindex, "reindex", "Build the search index of storage.index_dir");
    built->add_option("--config", options->common.config_file, "configuration file");
    built->footer(examples("yuanda kb reindex", "yuanda kb reindex --config /etc/yuanda/yuanda.toml"));

    auto* drafts = add_verb(*kb, chosen, options, publish, "publish", "Publish reviewed drafts (not yet)");
    drafts->footer(examples("yuanda kb lint", "yuanda kb import entries.jsonl --publish"));
}

}  // namespace yuanda::gateway
