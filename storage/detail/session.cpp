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

std::unique_ptr<soci::statement> Session::take(const std::string& statement) {
    if (const auto found = prepared_.find(statement); found != prepared_.end() && found->second)
        return std::move(found->second);
    auto fresh = std::make_unique<soci::statement>(*sql_);
    fresh->alloc();
    fresh->prepare(statement);
    return fresh;
}

Query::Query(Session& session, std::string statement)
    : session_(&session), text_(std::move(statement)), statement_(session.take(text_)) {}

Query::~Query() {
    // A statement that failed or was left early is reset; one the connection was lost under is dropped.
    if (session_->lost_) return;
    try {
        if (!exhausted_) session_->dialect_->reset(*statement_);
        statement_->bind_clean_up();
        session_->prepared_[text_] = std::move(statement_);
    } catch (const soci::soci_error&) {  // prepared again at the next use
    }
}

Query& Query::in(std::string value) {
    if (value.find('\0') != std::string::npos) throw SqlFailure(invalid("text holds NUL"), false);
    Value& slot = values_.emplace_back();
    slot.text = std::move(value);
    statement_->exchange(soci::use(slot.text, slot.state));
    return *this;
}

Query::Value& Query::number_in() {
    Value& slot = values_.emplace_back();
    statement_->exchange(soci::use(slot.number, slot.state));
    return slot;
}

Query& Query::in(std::int64_t value) {
    number_in().number = value;
    return *this;
}

Query& Query::in(const std::optional<TimePoint>& value) {
    Value& slot = number_in();
    if (value) slot.number = to_epoch_ms(*value);
    else slot.state = soci::i_null;
    return *this;
}

Query& Query::in(double value) {
    Value& slot = values_.emplace_back();
    slot.real = value;
    statement_->exchange(soci::use(slot.real, slot.state));
    return *this;
}

Query& Query::out(std::string& value) {
    Value& slot = values_.emplace_back();
    statement_->exchange(soci::into(slot.text, slot.state));
    slot.deliver = [&value](const Value& v) { value = v.state == soci::i_null ? std::string{} : v.text; };
    return *this;
}

Query& Query::out(double& value) {
    Value& slot = values_.emplace_back();
    statement_->exchange(soci::into(slot.real, slot.state));
    slot.deliver = [&value](const Value& v) { value = v.state == soci::i_null ? 0 : v.real; };
    return *this;
}

Query& Query::number_out(std::function<void(const Value&)> deliver) {
    Value& slot = values_.emplace_back();
    statement_->exchange(soci::into(slot.number, slot.state));
    slot.deliver = std::move(deliver);
    return *this;
}

Query& Query::out(std::int64_t& value) {
    return number_out([&value](const Value& v) { value = v.state == soci::i_null ? 0 : v.number; });
}

Query& Query::out(int& value) {
    return number_out([&value](const Value& v) { value = v.state == soci::i_null ? 0 : static_cast<int>(v.number); });
}

Query& Query::out(bool& value) {
    return number_out([&value](const Value& v) { value = v.state != soci::i_null && v.number != 0; });
}

Query& Query::out(TimePoint& value) {
    return number_out([&value](const Value& v) { value = from_epoch_ms(v.state == soci::i_null ? 0 : v.number); });
}

Query& Query::out(std::optional<TimePoint>& value) {
    return number_out([&value](const Value& v) {
        value = v.state == soci::i_null ? std::nullopt : std::optional(from_epoch_ms(v.number));
    });
}

bool Query::next() {
    if (!executed_) {
        executed_ = true;
        statement_->define_and_bind();
        exhausted_ = !statement_->execute(true);
    } else if (!exhausted_) {
        exhausted_ = !statement_->fetch();
    }
    if (exhausted_) return false;
    for (const Value& value : values_)
        if (value.deliver) value.deliver(value);
    return true;
}

std::int64_t Query::run() {
    while (next()) {
    }
    return statement_->get_affected_rows();
}

}  // namespace yuanda::storage
