package org.syscope.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventFlag;
import org.syscope.capture.event.EventType;
import org.syscope.capture.event.Syscall;
import org.syscope.capture.event.SyscallTable;
import org.syscope.filters.field.FieldCatalog;
import org.syscope.filters.field.FieldFamily;
import org.syscope.filters.field.FieldInfo;

/**
 * Completion scripts for bash, zsh and fish: subcommands, options and their arguments, field names in filters and behind a %
 * of a format, event types behind {@code evt.type}, commands behind {@code --}. Made from the tables of options and
 * subcommands and from the catalog of fields.
 */
final class Completions {

    /** Descriptions longer than this are shown without what is in brackets, characters. */
    private static final int MAX_WORDS = 60;

    private final List<String> fields = new ArrayList<>();
    private final TreeSet<String> types = new TreeSet<>();

    /** Completions that know the fields of a catalog. */
    Completions(FieldCatalog catalog) {
        for (FieldFamily family : catalog.families()) {
            for (FieldInfo field : family.fields()) {
                fields.add(field.name());
            }
        }
        for (int code = EventCodes.PPME_GENERIC_X + 1; code < EventCodes.COUNT; code++) {
            EventType type = EventType.of(code);
            if (!type.is(EventFlag.UNUSED)) {
                types.add(type.name());
            }
        }
        for (Syscall call : SyscallTable.all()) {
            types.add(call.name());
        }
        types.remove("NA");
    }

    /** The script of a shell; null if it is not one of bash, zsh and fish. */
    String script(String shell) {
        String script = switch (shell) {
            case "bash" -> BashCompletion.script();
            case "zsh" -> ZshCompletion.script();
            case "fish" -> FishCompletion.script();
            default -> null;
        };
        return script == null ? null : script.replace("@FIELDS@", String.join(" ", fields))
                .replace("@TYPES@", String.join(" ", types))
                .replace("@SUBCOMMANDS@", Stream.of(Subcommand.values()).map(Subcommand::word).collect(Collectors.joining(" ")))
                .replace("@VERBS@", Stream.of(DriverVerb.values()).map(DriverVerb::word).collect(Collectors.joining(" ")))
                .replace("@KINDS@", String.join(" ", DriverCommand.KINDS));
    }

    /** The options of a table that do something. */
    static <O extends OptionRow> List<O> offered(List<O> table) {
        return table.stream().filter(OptionRow::offered).toList();
    }

    /** What an option does, short enough for a list of choices. */
    static String firstClause(OptionRow option) {
        String words = option.description();
        int end = words.indexOf("; ");
        String clause = end < 0 ? words : words.substring(0, end);
        int brackets = clause.length() > MAX_WORDS ? clause.indexOf(" (") : -1;
        return brackets < 0 ? clause : clause.substring(0, brackets);
    }
}
