#include "backtest/load.hpp"

#include <utility>

#include "backtest/row_reader.hpp"

namespace regulars::backtest {

namespace {

expected<Layout, std::string> read_header(CsvReader& reader, const ColumnMap& map) {
    Record header;
    const bool found = reader.next(header);
    if (reader.failure()) return unexpected(*reader.failure());
    if (reader.is_utf16()) return unexpected(std::string("the file is UTF-16; save it as UTF-8"));
    if (!found) return unexpected(std::string("the file is empty; its first line must name the columns"));
    if (header.fault != RecordFault::none) return unexpected(std::string("the first line is not a CSV header"));
    return layout_of(header.fields, map);
}

}  // namespace

expected<Loaded, std::string> load(ReadChunk read, const programme::Programme& programme, const ColumnMap& map,
                                   ReturnsPolicy returns, Rejects& rejects) {
    CsvReader reader(std::move(read));
    const auto layout = read_header(reader, map);
    if (!layout) return unexpected(layout.error());

    Loaded loaded{OrderTable(optionals_of(*layout)), 0, 0};
    loaded.table.name_price_kinds(programme.price_kinds);
    RowReader rows(programme, *layout, loaded.table);
    Record record;
    Row row;
    while (reader.next(record)) {
        ++loaded.rows_read;
        if (const auto complaint = rows.read(record, row)) {
            rejects.add(record.line, complaint->reason, complaint->message, record.raw);
            continue;
        }
        if (row.is_return && returns == ReturnsPolicy::skip) {
            ++loaded.returns_skipped;
            continue;
        }
        if (loaded.table.size() == OrderTable::rows_max)
            return unexpected(std::string("the file has more than 4294967294 orders"));
        if (row.is_return) loaded.table.keep_raw(row.line, record.raw);
        loaded.table.add(row);
    }
    if (reader.failure()) return unexpected(*reader.failure());
    loaded.table.by_member();
    return loaded;
}

}  // namespace regulars::backtest
