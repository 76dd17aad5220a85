package org.syscope.chisels.views;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** Reads the table {@code view_info} of a view file. Unknown keys are passed over, as csysdig does. */
final class ViewReader {

    private static final int MAX_COLUMNS = 256;
    private static final int MAX_ITEMS = 4096;

    private final String where;

    /** A reader whose messages begin with the place of the file. */
    ViewReader(String where) {
        this.where = where;
    }

    ViewDefinition read(LuaTable info) throws ViewException {
        String id = required(info, "id", "view");
        String kind = text(info, "view_type", "table").toLowerCase(Locale.ROOT);
        ViewDefinition.Type type = switch (kind) {
            case "table" -> ViewDefinition.Type.TABLE;
            case "list" -> ViewDefinition.Type.LIST;
            case "spectrogram" -> ViewDefinition.Type.SPECTROGRAM;
            default -> throw wrong("view_type must be table, list or spectrogram, not '" + kind + "'");
        };
        ViewDefinition view = new ViewDefinition(id, required(info, "name", "view"), text(info, "description", ""),
                texts(info, "tips"), texts(info, "tags"), type, texts(info, "applies_to"), flag(info, "is_root", false),
                text(info, "filter", ""), flag(info, "use_defaults", false), text(info, "drilldown_target", ""),
                flag(info, "drilldown_increase_depth", false), flag(info, "propagate_filter", true),
                text(info, "spectro_type", ""), columns(info), actions(info));
        check(view);
        return view;
    }

    private void check(ViewDefinition view) throws ViewException {
        for (String tag : List.of("default", "containers")) {
            List<ViewColumn> columns = view.tagged(tag).columns();
            long keys = columns.stream().filter(ViewColumn::key).count();
            long groups = columns.stream().filter(ViewColumn::groupByKey).count();
            if (columns.stream().filter(ViewColumn::sorting).count() > 1) {
                throw wrong("more than one column has is_sorting");
            }
            if (view.type() == ViewDefinition.Type.LIST ? keys > 0 : keys != 1) {
                throw wrong(view.type() == ViewDefinition.Type.LIST ? "a list has no column with is_key"
                        : keys == 0 ? "no column has is_key" : "more than one column has is_key");
            }
            if (groups > 1 || groups == 1 && view.type() != ViewDefinition.Type.TABLE) {
                throw wrong(groups > 1 ? "more than one column has is_groupby_key"
                        : "only tables have a column with is_groupby_key");
            }
            if (columns.stream().noneMatch(ViewColumn::shown)) {
                throw wrong("no column beside the key");
            }
        }
    }

    private List<ViewColumn> columns(LuaTable info) throws ViewException {
        List<ViewColumn> columns = new ArrayList<>();
        for (LuaTable column : tables(info, "columns", MAX_COLUMNS)) {
            columns.add(new ViewColumn(required(column, "name", "column"), required(column, "field", "column"),
                    text(column, "description", ""), number(column, "colsize", -1), flag(column, "is_key", false),
                    flag(column, "is_groupby_key", false), flag(column, "is_sorting", false), texts(column, "tags"),
                    aggregation(column, "aggregation"), aggregation(column, "groupby_aggregation"),
                    text(column, "filterfield", null), flag(column, "filter_in_child_only", false)));
        }
        columns.sort((a, b) -> Integer.compare(rank(a), rank(b)));
        return columns;
    }

    private static int rank(ViewColumn column) {
        return column.key() ? 0 : column.groupByKey() ? 1 : 2;
    }

    private Aggregation aggregation(LuaTable column, String key) throws ViewException {
        String name = text(column, key, "NONE");
        Aggregation aggregation = Aggregation.named(name);
        if (aggregation == null) {
            throw wrong("unknown view column aggregation " + name);
        }
        return aggregation;
    }

    private List<ViewAction> actions(LuaTable info) throws ViewException {
        List<ViewAction> actions = new ArrayList<>();
        for (LuaTable action : tables(info, "actions", MAX_ITEMS)) {
            String hotkey = required(action, "hotkey", "action");
            if (hotkey.length() != 1) {
                throw wrong("the hotkey of an action is one character, not '" + hotkey + "'");
            }
            String command = required(action, "command", "action");
            actions.add(new ViewAction(hotkey.charAt(0), command, text(action, "description", command),
                    flag(action, "ask_confirmation", false), flag(action, "wait_finish", true)));
        }
        return actions;
    }

    // ---- values

    private List<LuaTable> tables(LuaTable table, String key, int limit) throws ViewException {
        LuaValue value = table.rawget(key);
        if (value.isnil()) {
            return List.of();
        }
        List<LuaTable> found = new ArrayList<>();
        for (LuaValue item : items(value, key)) {
            if (!item.istable()) {
                throw wrong(key + " must be a list of tables");
            }
            if (found.size() == limit) {
                throw wrong("more than " + limit + " " + key);
            }
            found.add(item.checktable());
        }
        return found;
    }

    private List<String> texts(LuaTable table, String key) throws ViewException {
        LuaValue value = table.rawget(key);
        if (value.isnil()) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        for (LuaValue item : items(value, key)) {
            if (!item.isstring()) {
                throw wrong(key + " must be a list of texts");
            }
            found.add(item.tojstring());
        }
        return found;
    }

    private List<LuaValue> items(LuaValue value, String key) throws ViewException {
        if (!value.istable()) {
            throw wrong(key + " must be a list");
        }
        LuaTable list = value.checktable();
        int length = list.rawlen();
        if (length > MAX_ITEMS) {
            throw wrong("more than " + MAX_ITEMS + " " + key);
        }
        List<LuaValue> items = new ArrayList<>();
        for (int i = 1; i <= length; i++) {
            items.add(list.rawget(i));
        }
        return items;
    }

    private String required(LuaTable table, String key, String what) throws ViewException {
        String value = text(table, key, null);
        if (value == null) {
            throw wrong("a " + what + " has no " + key);
        }
        return value;
    }

    private String text(LuaTable table, String key, String absent) throws ViewException {
        LuaValue value = table.rawget(key);
        if (value.isnil()) {
            return absent;
        }
        if (!value.isstring()) {
            throw wrong(key + " must be a text");
        }
        return value.tojstring();
    }

    private int number(LuaTable table, String key, int absent) throws ViewException {
        LuaValue value = table.rawget(key);
        if (value.isnil()) {
            return absent;
        }
        if (!value.isnumber() || value.todouble() < 0 || value.todouble() > Short.MAX_VALUE) {
            throw wrong(key + " must be a number from 0 to " + Short.MAX_VALUE);
        }
        return value.toint();
    }

    private boolean flag(LuaTable table, String key, boolean absent) throws ViewException {
        LuaValue value = table.rawget(key);
        if (value.isnil()) {
            return absent;
        }
        if (!value.isboolean()) {
            throw wrong(key + " must be true or false");
        }
        return value.toboolean();
    }

    private ViewException wrong(String message) {
        return new ViewException("view " + where + ": " + message);
    }
}
