// train and eval: builds indexes once and measures retrieval, topics and abstention on any data.
#include <CLI/CLI.hpp>

#include <chrono>
#include <filesystem>

#include "core/json.hpp"
#include "core/text.hpp"
#include "gateway/commands/answering.hpp"
#include "gateway/commands/cli.hpp"
#include "gateway/commands/command.hpp"
#include "gateway/commands/corpus.hpp"
#include "gateway/commands/measurement.hpp"

namespace yuanda::gateway {
namespace {

struct EvaluationOptions {
    std::string task;
    std::string model, entries, statutes, in, run, metrics;
    int k = 100;
    std::vector<std::string> require;  // "success@5=0.8"
};

int train(const EvaluationOptions& options) {
    const auto root = find_root();
    if (!root) return fail(kConfig, root.error().detail);
    std::vector<Corpus> corpora;
    auto entries = entries_corpus(*root, options.entries);
    if (!entries) return fail(entries.error());
    corpora.push_back(std::move(*entries));
    if (!options.statutes.empty()) {
        auto statutes = statutes_corpus(options.statutes);
        if (!statutes) return fail(statutes.error());
        corpora.push_back(std::move(*statutes));
    }
    ModelFile model;
    for (const auto& corpus : corpora) {
        const auto folder = (std::filesystem::path(options.model) / corpus.name).string();
        const auto built = BuiltIndex::build(corpus, folder);
        if (!built) return fail(built.error());
        model.corpora[corpus.name] = corpus.hash;
        say(corpus.name + ": " + std::to_string(corpus.base->entries().size()) + " documents, " +
            std::to_string((*built)->build_seconds()).substr(0, 5) + " s");
    }
    const auto wrote = model.write(options.model);
    if (!wrote) return fail(wrote.error());
    print(model.hash());
    return kOk;
}

/// The trained index where the inputs are those it was trained on, else a temporary one.
Result<std::unique_ptr<BuiltIndex>> index_of(const Corpus& corpus, const EvaluationOptions& options,
                                             Measurement& measurement) {
    ModelFile used;
    used.corpora[corpus.name] = corpus.hash;
    measurement.model_hash = used.hash();
    std::string folder;
    if (!options.model.empty()) {
        const auto model = ModelFile::read(options.model);
        if (!model) return model.error();
        const auto trained = model->corpora.find(corpus.name);
        if (trained != model->corpora.end() && trained->second == corpus.hash) {
            folder = (std::filesystem::path(options.model) / corpus.name).string();
            measurement.model_hash = model->hash();
        } else {
            say("the model was trained on other " + corpus.name + ": a temporary index is built");
        }
    }
    auto built = BuiltIndex::build(corpus, folder);
    if (!built) return built.error();
    measurement.build_seconds = (*built)->build_seconds();
    measurement.index_mib = (*built)->disk_mib();
    return built;
}

/// Calls `work` for each query and keeps its time.
template <class Work>
Result<> measure(const std::vector<kb::EvaluationQuery>& queries, Measurement& measurement, Work work) {
    using Clock = std::chrono::steady_clock;
    const auto whole = Clock::now();
    for (const auto& query : queries) {
        kb::Ranking ranking;
        ranking.query = query.id;
        const auto begin = Clock::now();
        const Result<> done = work(query, ranking);
        if (!done) return done.error();
        ranking.latency_us = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begin).count();
        measurement.rankings.push_back(std::move(ranking));
    }
    measurement.wall_seconds = std::chrono::duration<double>(Clock::now() - whole).count();
    return {};
}

/// faq and statutes: the ranking of the index for the question as the reader understands it.
Result<Measurement> evaluate_retrieval(const std::string& root, const EvaluationOptions& options, const Corpus& corpus,
                                       const std::vector<kb::EvaluationQuery>& queries) {
    const auto reader = load_reader(root);
    if (!reader) return reader.error();
    Measurement measurement;
    const auto built = index_of(corpus, options, measurement);
    if (!built) return built.error();
    const auto done = measure(queries, measurement, [&](const auto& query, kb::Ranking& ranking) -> Result<> {
        const auto heard = (*reader)->read(query.text);
        const auto found = (*built)->index().search(heard.plain, heard.topic(), options.k);
        if (!found) return found.error();
        ranking.confidence = found->confidence;
        for (const auto& hit : found->hits) ranking.docs.emplace_back(hit.entry.value, hit.score);
        return {};
    });
    if (!done) return done.error();
    measurement.scores = kb::score(queries, measurement.rankings);
    return measurement;
}

/// "T01-arrears" is right about T01.
void reduce_to_topics(std::vector<kb::EvaluationQuery>& queries) {
    for (auto& query : queries)
        for (auto& id : query.relevant) id.resize(std::min(id.find('-'), id.size()));
}

Result<Measurement> evaluate_topics(const std::string& root, std::vector<kb::EvaluationQuery> queries) {
    const auto reader = load_reader(root);
    if (!reader) return reader.error();
    reduce_to_topics(queries);
    Measurement measurement;
    const auto done = measure(queries, measurement, [&](const auto& query, kb::Ranking& ranking) -> Result<> {
        for (const auto& guess : (*reader)->read(query.text).topics) ranking.docs.emplace_back(guess.topic, guess.p);
        return {};
    });
    if (!done) return done.error();
    measurement.scores = kb::score(queries, measurement.rankings);
    return measurement;
}

/// offtopic: whether the bot would answer, by the same code as a channel.
Result<Measurement> evaluate_abstention(const std::string& root, const EvaluationOptions& options, const Corpus& corpus,
                                        const std::vector<kb::EvaluationQuery>& queries) {
    const CentreConfig centre;
    auto deciders = make_deciders(root, centre);
    if (!deciders) return deciders.error();
    Measurement measurement;
    auto built = index_of(corpus, options, measurement);
    if (!built) return built.error();
    auto generation = std::make_shared<Generation>();
    generation->base = corpus.base;
    generation->index = (*built)->take();
    const SystemClock clock;
    const Answering answering(std::move(*deciders), std::move(generation), centre, clock);
    double answered = 0;
    const auto done = measure(queries, measurement, [&](const auto& query, kb::Ranking& ranking) -> Result<> {
        const auto plan = answering.plan(query.text);
        if (!plan) return plan.error();
        const bool said = decision_word(*plan) == "answer";
        ranking.confidence = plan->confidence;
        ranking.docs.emplace_back(plan->entry.value, said ? 1 : 0);
        answered += said ? 1 : 0;
        return {};
    });
    if (!done) return done.error();
    measurement.extra["answered_rate"] = queries.empty() ? 0 : answered / static_cast<double>(queries.size());
    return measurement;
}

Result<std::vector<kb::EvaluationQuery>> queries_of(const std::string& root, const EvaluationOptions& options) {
    const auto file = options.in.empty() ? root + "/kb/golden.jsonl" : options.in;
    const auto text = read_text_file(file);
    if (!text) return text.error();
    auto queries = kb::parse_queries(*text, options.task == "statutes" ? kb::Gold::Articles : kb::Gold::Target);
    if (!queries) return invalid(file + " " + queries.error().detail);
    return queries;
}

Result<Measurement> evaluate(const std::string& root, const EvaluationOptions& options) {
    auto queries = queries_of(root, options);
    if (!queries) return queries.error();
    if (options.task == "topic") return evaluate_topics(root, std::move(*queries));
    const auto corpus =
        options.task == "statutes" ? statutes_corpus(options.statutes) : entries_corpus(root, options.entries);
    if (!corpus) return corpus.error();
    if (options.task == "offtopic") return evaluate_abstention(root, options, *corpus, *queries);
    return evaluate_retrieval(root, options, *corpus, *queries);
}

/// Exit 4 when a required score is missed; 2 when the requirement cannot be read.
int check_required(const std::vector<std::string>& required, const Measurement& measurement) {
    int code = kOk;
    for (const auto& line : required) {
        const auto equals = line.find('=');
        const auto name = line.substr(0, equals);
        const auto found = measurement.scores.find(name);
        if (equals == std::string::npos || found == measurement.scores.end())
            return fail(kUsage, "--require " + line + ": no such score; write success@5=0.8");
        const double least = std::strtod(line.c_str() + equals + 1, nullptr);
        if (found->second >= least) continue;
        say(name + " is " + std::to_string(found->second) + ", required " + std::to_string(least));
        code = kDataInvalid;
    }
    return code;
}

int run_evaluation(const EvaluationOptions& options) {
    if (options.task == "statutes" && options.statutes.empty())
        return fail(kUsage, "eval --task statutes needs --statutes S.jsonl: the product ships no texts of laws");
    if (options.task == "statutes" && options.in.empty())
        return fail(kUsage, "eval --task statutes needs --in Q.jsonl: the golden questions name entries, not articles");
    const auto root = find_root();
    if (!root) return fail(kConfig, root.error().detail);
    const auto measurement = evaluate(*root, options);
    if (!measurement) return fail(measurement.error());
    const auto lines = options.task == "topic"      ? topic_lines(measurement->rankings)
                       : options.task == "offtopic" ? answered_lines(measurement->rankings)
                                                    : ranking_lines(measurement->rankings);
    const auto metrics = metrics_json(*measurement);
    if (!options.run.empty())
        if (const auto wrote = write_text(options.run, lines); !wrote) return fail(wrote.error());
    if (options.metrics.empty())
        std::fputs(metrics.c_str(), stdout);
    else if (const auto wrote = write_text(options.metrics, metrics); !wrote)
        return fail(wrote.error());
    return check_required(options.require, *measurement);
}

}  // namespace

void add_evaluation_commands(CLI::App& app, Action& chosen) {
    auto trained = std::make_shared<EvaluationOptions>();
    auto* train_command = app.add_subcommand("train", "Build the indexes of a corpus once; prints the model's hash");
    train_command->add_option("--entries", trained->entries, "entry lines instead of the shipped base");
    train_command->add_option("--statutes", trained->statutes, "statute lines");
    train_command->add_option("--model", trained->model, "folder to keep them in")->required();
    train_command->footer(examples("yuanda train --model var/model",
                                   "yuanda train --entries E.jsonl --statutes S.jsonl --model var/model"));
    train_command->callback([&chosen, trained] { chosen = [trained] { return train(*trained); }; });

    auto run = std::make_shared<EvaluationOptions>();
    auto* eval = app.add_subcommand("eval", "Measure retrieval, topics or abstention");
    eval->add_option("--task", run->task, "faq, topic, offtopic or statutes")
        ->required()
        ->check(CLI::IsMember({"faq", "topic", "offtopic", "statutes"}));
    eval->add_option("--model", run->model, "a trained model; used where its inputs are the same");
    eval->add_option("--entries", run->entries, "entry lines instead of the shipped base");
    eval->add_option("--statutes", run->statutes, "statute lines");
    eval->add_option("--in", run->in, "questions instead of the golden ones");
    eval->add_option("--run", run->run, "RUN.tsv to write");
    eval->add_option("--metrics", run->metrics, "M.json to write; stdout without it");
    eval->add_option("--k", run->k, "documents a question")->check(CLI::Range(1, 100))->capture_default_str();
    eval->add_option("--require", run->require, "NAME=VALUE: exit 4 when a score is lower");
    eval->footer(
        examples("yuanda eval --task faq --run run.tsv --metrics m.json",
                 "yuanda eval --task statutes --statutes S.jsonl --in Q.jsonl --run run.tsv --metrics m.json"));
    eval->callback([&chosen, run] { chosen = [run] { return run_evaluation(*run); }; });
}

}  // namespace yuanda::gateway
