// Seals and opens the personal columns of one row, each bound to its table, column and row.
#pragma once

#include <string>
#include <string_view>

#include "core/seal.hpp"
#include "storage/detail/failure.hpp"

namespace yuanda::storage {

class SealedRow {
public:
    SealedRow(const Sealer& sealer, std::string_view table, std::string_view row)
        : sealer_(&sealer), table_(table), row_(row) {}

    /// Nothing stays nothing: an absent name needs no seal.
    std::string seal(std::string_view column, std::string_view plain) const {
        return plain.empty() ? std::string{} : sealer_->seal(plain, {table_, column, row_});
    }
    /// Throws SqlFailure when the text does not open here (another key, a moved or changed row).
    std::string open(std::string_view column, std::string_view sealed) const {
        if (sealed.empty()) return {};
        auto plain = sealer_->open(sealed, {table_, column, row_});
        if (!plain)
            throw SqlFailure(Error(ErrorCode::Internal, "sealed " + std::string(table_) + "." + std::string(column) +
                                                            " does not open: is this the right key file?"),
                             false);
        return std::move(*plain);
    }

private:
    const Sealer* sealer_;
    std::string_view table_, row_;
};

}  // namespace yuanda::storage
