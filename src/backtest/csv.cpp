#include "backtest/csv.hpp"

#include <algorithm>
#include <cstring>

namespace regulars::backtest {

namespace {

constexpr std::size_t buffer_size = 16 * CsvReader::record_size_max;

bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

}  // namespace

CsvReader::CsvReader(ReadChunk read) : read_(std::move(read)), buffer_(buffer_size + 1) {
    at_ = limit_ = buffer_.data();
    fields_.reserve(64);
}

bool CsvReader::next(Record& record) {
    if (!started_) start();
    for (;;) {
        if (failure_ || (at_ == limit_ && !fill())) return false;
        // Empty lines, also those that end with CR LF.
        if (*at_ == '\n') {
            ++at_;
            ++line_;
            continue;
        }
        if (*at_ == '\r' && at_ + 1 < limit_ && at_[1] == '\n') {
            ++at_;
            continue;
        }
        RecordFault fault = RecordFault::none;
        if (scan(fault) == Scan::complete) {
            finish(record, fault);
            return true;
        }
        if (!fill()) return false;
    }
}

void CsvReader::start() {
    started_ = true;
    while (limit_ - at_ < 3 && !at_end_ && fill()) {
    }
    const std::string_view head(at_, static_cast<std::size_t>(limit_ - at_));
    if (head.starts_with("\xEF\xBB\xBF")) at_ += 3;
    utf16_ = head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF");
}

// Moves what is left to the front and reads more behind it. At the end of the input, scanning once more with `at_end_`
// set closes the last record. False when nothing is left.
bool CsvReader::fill() {
    if (at_end_) return at_ != limit_;
    const auto left = static_cast<std::size_t>(limit_ - at_);
    std::memmove(buffer_.data(), at_, left);
    const auto count = read_(std::span(buffer_.data() + left, buffer_size - left));
    if (!count) {
        failure_ = count.error();
        return false;
    }
    at_end_ = *count == 0;
    at_ = buffer_.data();
    limit_ = at_ + left + *count;
    buffer_[left + *count] = '\n';
    return at_ != limit_;
}

// Splits the record at `at_`. Scan::more: it does not end within what has been read.
CsvReader::Scan CsvReader::scan(RecordFault& fault) {
    fields_.clear();
    unquoted_.clear();
    newlines_quoted_ = 0;
    const char* at = at_;
    for (;;) {
        if (*at == '"' && at < limit_) {
            if (scan_quoted(at, fault) == Scan::more) return Scan::more;
            if (fault != RecordFault::none) return Scan::complete;
        } else {
            const char* first = at;
            while (*at != ',' && *at != '\n') ++at;
            if (at == limit_ && !at_end_) return bad(RecordFault::too_long, fault);
            add_plain(first, at);
        }
        if (fields_.size() > fields_max) return bad(RecordFault::too_many_fields, fault);
        if (*at == '\n') break;
        ++at;
    }
    end_ = at;
    resume_ = at == limit_ ? at : at + 1;
    return Scan::complete;
}

// A quoted field from its opening quote; afterwards `at` stands on the comma or newline that ends it.
CsvReader::Scan CsvReader::scan_quoted(const char*& at, RecordFault& fault) {
    const char* first = ++at;
    const std::size_t unquoted_start = unquoted_.size();
    bool doubled = false;
    for (;;) {
        while (*at != '"' && *at != '\n') ++at;
        if (at == limit_) return bad(RecordFault::quote_not_closed, fault);
        if (*at == '\n') {
            if (static_cast<std::size_t>(at - at_) > record_size_max) return bad(RecordFault::quote_not_closed, fault);
            ++newlines_quoted_;
            ++at;
            continue;
        }
        if (at + 1 == limit_ && !at_end_) return bad(RecordFault::quote_not_closed, fault);
        if (at[1] != '"' || at + 1 == limit_) break;
        // Views into this text stay good because it never outgrows the reserve of the largest record.
        if (unquoted_.capacity() < record_size_max) unquoted_.reserve(buffer_size);
        unquoted_.append(first, at + 1);
        doubled = true;
        at += 2;
        first = at;
    }
    if (doubled) {
        unquoted_.append(first, at);
        fields_.emplace_back(unquoted_.data() + unquoted_start, unquoted_.size() - unquoted_start);
    } else {
        fields_.emplace_back(first, static_cast<std::size_t>(at - first));
    }
    ++at;
    while (at != limit_ && (is_blank(*at) || *at == '\r')) ++at;
    if (at == limit_ && !at_end_) return bad(RecordFault::quote_not_closed, fault);
    if (*at != ',' && *at != '\n') return bad(RecordFault::text_after_quote, fault);
    return Scan::complete;
}

// The record is bad if no more of it may be read (or more would not help); then its first line is given up.
CsvReader::Scan CsvReader::bad(RecordFault found, RecordFault& fault) {
    const auto seen = static_cast<std::size_t>(limit_ - at_);
    const bool final = found == RecordFault::text_after_quote || found == RecordFault::too_many_fields;
    const auto* newline = static_cast<const char*>(std::memchr(at_, '\n', seen));
    const bool all_needed = !final || newline == nullptr;
    if (all_needed && !at_end_ && seen < record_size_max) return Scan::more;
    fault = found;
    fields_.clear();
    newlines_quoted_ = 0;
    end_ = newline == nullptr ? limit_ : newline;
    resume_ = newline == nullptr ? limit_ : newline + 1;
    return Scan::complete;
}

void CsvReader::add_plain(const char* first, const char* last) {
    if (last != first && last[-1] == '\r' && *last == '\n') --last;
    while (first != last && is_blank(*first)) ++first;
    while (first != last && is_blank(last[-1])) --last;
    fields_.emplace_back(first, static_cast<std::size_t>(last - first));
}

void CsvReader::finish(Record& record, RecordFault fault) {
    const char* end = end_ != at_ && end_[-1] == '\r' ? end_ - 1 : end_;
    record.line = line_;
    record.raw = std::string_view(at_, static_cast<std::size_t>(end - at_));
    record.fields = fields_;
    record.fault = fault;
    line_ += newlines_quoted_ + 1;
    at_ = resume_;
}

}  // namespace regulars::backtest
