package org.syscope.filters.field;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All fields there are, by name. */
public final class FieldCatalog {
    private final List<FieldFamily> families;
    private final EventSpace space;
    private final Map<String, Entry> byName = new LinkedHashMap<>();

    private final Set<String> resolved = new HashSet<>();

    private record Entry(FieldFamily family, FieldInfo info) {
    }

    /**
     * A catalog of some families.
     *
     * @param families in the order of the field list; of two fields with one name the first counts
     * @param space the event types there are
     */
    public FieldCatalog(List<FieldFamily> families, EventSpace space) {
        this.families = List.copyOf(families);
        this.space = space;
        for (FieldFamily family : families) {
            for (FieldInfo info : family.fields()) {
                byName.putIfAbsent(info.name(), new Entry(family, info));
            }
        }
    }

    /** The families in the order of the field list. */
    public List<FieldFamily> families() {
        return families;
    }

    /** The event types there are. */
    public EventSpace space() {
        return space;
    }

    /** The field with exactly this name. */
    public Optional<FieldInfo> find(String name) {
        Entry entry = byName.get(name);
        return entry == null ? Optional.empty() : Optional.of(entry.info());
    }

    /**
     * Resolves a field as written: {@code proc.name}, {@code evt.arg.flags}, {@code proc.aname[2]}.
     *
     * @throws FieldException if there is no such field, or its argument is wrong
     */
    public Field resolve(String text) throws FieldException {
        int bracket = text.indexOf('[');
        if (bracket < 0) {
            return resolve(text, null);
        }
        if (!text.endsWith("]")) {
            throw new FieldException("expected a ']' token");
        }
        return resolve(text.substring(0, bracket), text.substring(bracket + 1, text.length() - 1));
    }

    /**
     * Resolves a field. The longest name wins: what follows it behind a dot is its argument.
     *
     * @param name the name up to the bracket, with any argument behind a dot
     * @param bracketed the text between the brackets; null if there are none
     * @throws FieldException if there is no such field, or its argument is wrong
     */
    public Field resolve(String name, String bracketed) throws FieldException {
        for (int end = name.length(); end > 0; end = name.lastIndexOf('.', end - 1)) {
            Entry entry = byName.get(name.substring(0, end));
            if (entry == null) {
                continue;
            }
            String dotted = end < name.length() ? name.substring(end + 1) : null;
            FieldArgument spec = entry.info().argument();
            if (dotted != null && !spec.dotted()) {
                break;
            }
            if (dotted != null && bracketed != null) {
                throw new FieldException("field '" + entry.info().name() + "' takes one argument, not two");
            }
            if (bracketed != null && !spec.bracketed()) {
                throw new FieldException("field '" + name + "' takes no argument in brackets"
                        + (spec.dotted() ? ": write " + entry.info().name() + spec.hint() : ""));
            }
            if (dotted == null && bracketed == null && spec.required()) {
                throw new FieldException("field '" + name + "' needs an argument: " + name + spec.hint());
            }
            resolved.add(entry.info().name());
            return entry.family().create(entry.info(), dotted != null ? dotted : bracketed);
        }
        throw new FieldException("filter_check called with nonexistent field " + name, nearest(name));
    }

    /** The names of the fields that were resolved so far: those that this run uses. */
    public Set<String> resolved() {
        return Collections.unmodifiableSet(resolved);
    }

    /** The names nearest to a mistyped one, best first, those made for views left out; empty if none comes near. */
    public List<String> nearest(String name) {
        List<String> names = new ArrayList<>();
        byName.forEach((known, entry) -> {
            if (!entry.info().has(FieldFlag.TABLE_ONLY)) {
                names.add(known);
            }
        });
        return NearestNames.of(name, names);
    }
}
