// The only door for WeChat's XML: bounds and forbidden constructs are checked before a parser sees it.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace yuanda::adapters::wechat {

/// Text of each child element of `<xml>`, white space kept; of repeated names the first.
using Fields = std::map<std::string, std::string>;

/// InvalidInput for bad syntax, bad UTF-8, a DOCTYPE, ENTITY or processing instruction, more than 8 levels or
/// 64 elements, or a root other than `xml`. Entities of one's own are the classic hole of WeChat libraries.
Result<Fields> read_xml(std::string_view xml);

/// Empty when absent.
std::string field(const Fields& fields, const std::string& name);

/// `<![CDATA[…]]>`; an inner `]]>` is split over two sections, characters illegal in XML 1.0 are dropped.
std::string cdata(std::string_view text);

}  // namespace yuanda::adapters::wechat
