// Binding, fetching and the translation of engine failures into redacted errors.
#include "storage/detail/session.hpp"

namespace yuanda::storage {

Session::Session(const Dialect& dialect, Role role) : dialect_(&dialect), role_(role), sql_(dialect.connect(role)) {
    if (role == Role::Writer) chain_.emplace();
}

Result<> Session::attempt(const std::function<Result<>()>& work) {
    try {
        return work();
    } catch (const soci::soci_error& error) {
        // Never error.what(): it holds the statement with its bound values.
        const SqlFailure failure = dialect_->failure_of(error, *sql_);
        lost_ = lost_ || failure.connection_lost;
        return failure.error;
    } catch (const SqlFailure& failure) {
        lost_ = lost_ || failure.connection_lost;
        return failure.error;
    } catch (const std::exception& error) {  // a mistake of ours; what() could hold values
        return Error(ErrorCode::Internal, std::string("storage work threw ") + typeid(error).name());
    }
}

Result<> Session::reconnect() {
    prepared_.clear();
    try {
        auto fresh = dialect_->connect(role_);
        sql_ = std::move(fresh);
    } catch (const soci::soci_error&) {
        return Error(ErrorCode::Unavailable, "database cannot be reached");
    } catch (const SqlFailure& failure) {
        return failure.error;
    }
    lost_ = false;
    return {};
}

std::unique_ptr<Prepared> Session::take(const std::string& statement) {
    if (const auto found = prepared_.find(statement); found != prepared_.end() && found->second)
        return std::move(found->second);
    auto fresh = std::make_unique<Prepared>(*sql_);
    fresh->statement.alloc();
    fresh->statement.prepare(statement);
    return fresh;
}

Query::Query(Session& session, std::string statement)
    : session_(&session), text_(std::move(statement)), prepared_(session.take(text_)) {}

Query::~Query() {
    // Kept for the next run only after a whole one: half-bound or failed, it is prepared again.
    if (session_->lost_ || !prepared_->bound) return;
    if (!exhausted_) session_->dialect_->reset(prepared_->statement);
    session_->prepared_[text_] = std::move(prepared_);
}

Slot& Query::next_in() {
    Slot& slot = prepared_->bound ? prepared_->ins.at(ins_) : prepared_->ins.emplace_back();
    ++ins_;
    slot.state = soci::i_ok;
    return slot;
}

Query& Query::in(std::string value) {
    if (value.find('\0') != std::string::npos) throw SqlFailure(invalid("text holds NUL"), false);
    Slot& slot = next_in();
    slot.text = std::move(value);
    if (!prepared_->bound) prepared_->statement.exchange(soci::use(slot.text, slot.state));
    return *this;
}

Query& Query::in(std::int64_t value) {
    Slot& slot = next_in();
    slot.number = value;
    if (!prepared_->bound) prepared_->statement.exchange(soci::use(slot.number, slot.state));
    return *this;
}

Query& Query::in(const std::optional<TimePoint>& value) {
    in(value ? static_cast<std::int64_t>(to_epoch_ms(*value)) : std::int64_t{0});
    if (!value) prepared_->ins.at(ins_ - 1).state = soci::i_null;
    return *this;
}

Query& Query::in(double value) {
    Slot& slot = next_in();
    slot.real = value;
    if (!prepared_->bound) prepared_->statement.exchange(soci::use(slot.real, slot.state));
    return *this;
}

Slot& Query::next_out(std::function<void(const Slot&)> deliver) {
    const std::size_t column = deliveries_.size();
    deliveries_.push_back(std::move(deliver));
    return prepared_->bound ? prepared_->outs.at(column) : prepared_->outs.emplace_back();
}

Query& Query::out(std::string& value) {
    Slot& slot = next_out([&value](const Slot& s) { value = s.state == soci::i_null ? std::string{} : s.text; });
    if (!prepared_->bound) prepared_->statement.exchange(soci::into(slot.text, slot.state));
    return *this;
}

Query& Query::out(double& value) {
    Slot& slot = next_out([&value](const Slot& s) { value = s.state == soci::i_null ? 0 : s.real; });
    if (!prepared_->bound) prepared_->statement.exchange(soci::into(slot.real, slot.state));
    return *this;
}

Query& Query::number_out(std::function<void(const Slot&)> deliver) {
    Slot& slot = next_out(std::move(deliver));
    if (!prepared_->bound) prepared_->statement.exchange(soci::into(slot.number, slot.state));
    return *this;
}

Query& Query::out(std::int64_t& value) {
    return number_out([&value](const Slot& s) { value = s.state == soci::i_null ? 0 : s.number; });
}

Query& Query::out(int& value) {
    return number_out([&value](const Slot& s) { value = s.state == soci::i_null ? 0 : static_cast<int>(s.number); });
}

Query& Query::out(bool& value) {
    return number_out([&value](const Slot& s) { value = s.state != soci::i_null && s.number != 0; });
}

Query& Query::out(TimePoint& value) {
    return number_out([&value](const Slot& s) { value = from_epoch_ms(s.state == soci::i_null ? 0 : s.number); });
}

Query& Query::out(std::optional<TimePoint>& value) {
    return number_out([&value](const Slot& s) {
        value = s.state == soci::i_null ? std::nullopt : std::optional(from_epoch_ms(s.number));
    });
}

bool Query::next() {
    if (!executed_) {
        executed_ = true;
        if (!prepared_->bound) prepared_->statement.define_and_bind();
        // Not bound again until the run succeeds: a failed statement is better prepared afresh.
        prepared_->bound = false;
        exhausted_ = !prepared_->statement.execute(true);
        prepared_->bound = true;
    } else if (!exhausted_) {
        exhausted_ = !prepared_->statement.fetch();
    }
    if (exhausted_) return false;
    for (std::size_t i = 0; i < deliveries_.size(); ++i) deliveries_[i](prepared_->outs[i]);
    return true;
}

std::int64_t Query::run() {
    while (next()) {
    }
    return prepared_->statement.get_affected_rows();
}

}  // namespace yuanda::storage
