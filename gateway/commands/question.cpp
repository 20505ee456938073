// ask and nlu: what the service understands and says, from a terminal.
#include <CLI/CLI.hpp>

#include <cstdio>
#include <fstream>
#include <iostream>

#include "core/json.hpp"
#include "core/text.hpp"
#include "gateway/commands/answering.hpp"
#include "gateway/commands/cli.hpp"
#include "gateway/commands/command.hpp"
#include "nlu/understanding_json.hpp"

namespace yuanda::gateway {
namespace {

struct AskOptions {
    CommonOptions common;
    std::vector<std::string> words;
    bool json = false;
};

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

int ask(const AskOptions& options) {
    const auto text = joined(options.words);
    if (trimmed(text).empty()) return fail(kUsage, "ask needs a question");
    const auto config = load_settings(options.common);
    if (!config) return fail(kConfig, config.error().detail);
    const auto root = find_root();
    if (!root) return fail(kConfig, root.error().detail);
    const SystemClock clock;
    const auto answering = make_answering(*root, *config, clock);
    if (!answering) return fail(answering.error());
    const auto plan = (*answering)->plan(text);
    if (!plan) return fail(plan.error());
    if (options.json) {
        print(answer_to_json(*plan));
    } else {
        print(plain_text(plan->reply, {}));
        say("[" + std::string(decision_word(*plan)) + (plan->entry.empty() ? "" : " " + plan->entry.value) + ", " +
            std::to_string(plan->confidence).substr(0, 4) + "]");
    }
    return kOk;
}

struct NluOptions {
    bool jsonl = false;
    std::string file;
    std::vector<std::string> words;
};

/// The line's id as it is written back: a number by its digits, none as "". nullopt: of another type.
std::optional<std::string> id_of(const Json& line) {
    const auto id = line.find("id");
    if (id == line.end()) return std::string{};
    if (id->is_string()) return id->get<std::string>();
    if (id->is_number()) return id->dump();
    return std::nullopt;
}

/// One line in, one line out; false when the line is none of ours.
bool understand_line(const nlu::Reader& reader, const std::string& line, std::size_t number) {
    const auto object = parse_json(line);
    std::string problem;
    std::optional<std::string> id;
    if (!object)
        problem = object.error().detail;
    else if (!object->is_object() || !object->contains("text") || !(*object)["text"].is_string())
        problem = "needs {\"id\",\"text\"}";
    else if (id = id_of(*object); !id)
        problem = "id must be text or a number";
    if (!problem.empty()) {
        say("yuanda: line " + std::to_string(number) + ": " + problem);
        return false;
    }
    print(nlu::understanding_to_json(*id, reader.read(text_or(*object, "text"))));
    std::fflush(stdout);  // whoever feeds us line by line waits for the answer
    return true;
}

int understand_lines(const nlu::Reader& reader, std::istream& in) {
    bool whole = true;
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number)
        if (!trimmed(line).empty()) whole = understand_line(reader, line, number) && whole;
    return whole ? kOk : kDataInvalid;
}

int understand(const NluOptions& options) {
    if (!options.jsonl && options.words.empty()) return fail(kUsage, "nlu needs --jsonl or a text");
    const auto root = find_root();
    if (!root) return fail(kConfig, root.error().detail);
    const auto reader = load_reader(*root);
    if (!reader) return fail(reader.error());
    if (!options.words.empty()) {
        const auto text = joined(options.words);
        if (!is_clean_utf8(text)) return fail(kDataInvalid, "the text is not UTF-8");
        print(nlu::understanding_to_json("1", (*reader)->read(text)));
        return kOk;
    }
    if (options.file.empty()) return understand_lines(**reader, std::cin);
    std::ifstream in(options.file, std::ios::binary);
    if (!in) return fail(kFailed, "cannot read " + options.file);
    return understand_lines(**reader, in);
}

}  // namespace

void add_question_commands(CLI::App& app, Action& chosen) {
    auto asked = std::make_shared<AskOptions>();
    auto* ask_command = app.add_subcommand("ask", "Answer one question through the same code as a channel");
    ask_command->add_option("text", asked->words, "the question")->required();
    ask_command->add_flag("--json", asked->json, "decision, answer, citations and candidates as JSON");
    ask_command->add_option("--config", asked->common.config_file, "configuration file");
    ask_command->footer(examples("yuanda ask \"老板拖欠工资怎么办\"", "yuanda ask --json \"工地上摔伤了没人管\""));
    ask_command->callback([&chosen, asked] { chosen = [asked] { return ask(*asked); }; });

    auto read = std::make_shared<NluOptions>();
    auto* nlu_command = app.add_subcommand("nlu", "Print what is understood of a text, or of each line");
    nlu_command->add_flag("--jsonl", read->jsonl, "read {\"id\",\"text\"} lines from stdin, write one line for each");
    nlu_command->add_option("--in", read->file, "read the lines from this file instead");
    nlu_command->add_option("text", read->words, "a single text");
    nlu_command->footer(examples("yuanda nlu --jsonl < questions.jsonl", "yuanda nlu \"他现在拿刀堵在门口\""));
    nlu_command->callback([&chosen, read] { chosen = [read] { return understand(*read); }; });
}

}  // namespace yuanda::gateway
