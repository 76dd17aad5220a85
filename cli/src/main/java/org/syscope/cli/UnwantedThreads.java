package org.syscope.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.syscope.capture.driver.Driver;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.ThreadInfo;
import org.syscope.filters.eval.Filter;
import org.syscope.filters.eval.FilterCompiler;
import org.syscope.filters.field.EventContext;
import org.syscope.filters.field.Field;
import org.syscope.filters.field.FieldCatalog;
import org.syscope.filters.lang.Expression;
import org.syscope.filters.lang.FilterException;

/**
 * Tells the driver which threads a filter can never match as they are now, so that their events need not be sent: those that
 * do not satisfy the part of the filter that is about the thread alone, such as {@code proc.name=nginx}. Allocates nothing
 * per event.
 *
 * <p><b>What must hold:</b> an event that is left out is one that the filter would have refused, had it been sent, and one
 * that would have changed nothing that other events show. It holds because
 * <ol>
 * <li>a filter is false where one of its terms that are joined by {@code and} is, and only such terms judge
 * ({@link #part}); one that counts events ({@link FieldNeeds#counts}) is shown all of them;</li>
 * <li>a term judges only if all its fields are in {@link #FIELDS}: they show what the state keeps of the thread, are the
 * same for every event of it, and the state takes their changes only from calls of the thread itself, its beginning and its
 * end;</li>
 * <li>the calls that change the state are sent of muted threads, too ({@code StateChanges}), so that what others have of
 * them (fds, directories, names of children) is right; where fields are used that other calls change as well, nobody is
 * muted;</li>
 * <li>each such call, beginning and end lifts the judgement in the kernel before the thread goes on, and a judgement counts
 * only if it is younger ({@code struct syscope_mute}). Events reach the reader in the order of their times, so that a
 * judgement by an event knows all that the thread did before; rings that CPUs share cannot promise that, and with them
 * nobody is muted;</li>
 * <li>where events were lost, all judgements are taken back as soon as that is known, and a thread is judged again only
 * when the state has looked into /proc since ({@link SystemState#doubts}). Until then a thread whose exec was among the
 * lost events can be taken for what it was before, as it would be without muting.</li>
 * </ol>
 */
final class UnwantedThreads {

    /**
     * Fields that can judge. Everything that somebody else can change is left out: names and ids of other processes (parents,
     * session and group leaders), working directory, environment, memory, fds and limits, which belong to the process; names
     * of users and containers, which are learned later; times that go on.
     */
    static final Set<String> FIELDS = Set.of("proc.name", "proc.exe", "proc.exepath", "proc.args", "proc.cmdline",
            "proc.exeline", "proc.pid", "proc.vpid", "thread.tid", "thread.vtid", "container.id");

    private final Filter test;
    private final Driver driver;

    private UnwantedThreads(Filter test, Driver driver) {
        this.test = test;
        this.driver = driver;
    }

    /** The part of a filter that is about the thread alone; empty if it has none. */
    static String part(Expression filter, FieldCatalog catalog) {
        List<String> parts = new ArrayList<>();
        for (Expression term : filter instanceof Expression.And and ? and.terms() : List.of(filter)) {
            try {
                List<Field> fields = new FilterCompiler(catalog).compile(term.toString()).fields();
                if (!fields.isEmpty() && fields.stream().allMatch(field -> FIELDS.contains(field.info().name()))) {
                    parts.add(term.toString());
                }
            } catch (FilterException impossible) {
                throw new IllegalStateException("a part of a filter is none: " + term, impossible);
            }
        }
        return String.join(" and ", parts);
    }

    /**
     * Begins to tell a driver.
     *
     * @param filter of the run; null if there is none
     * @return null where the filter has no such part, the driver cannot mute threads, or more is wanted of the events than
     *     the filter says
     */
    static UnwantedThreads begin(Settings settings, Filter filter, FieldCatalog catalog, Driver driver) throws IOException {
        if (filter == null || settings.has(Option.CHISEL) || settings.has(Option.DISPLAY_FILTER)
                || settings.has(Option.DUMP_ON) || settings.pendingNanos() >= 0 || FieldNeeds.counts(filter)
                || !FieldNeeds.of(catalog.resolved()).isEmpty()) {
            return null;
        }
        String part = part(filter.expression(), catalog);
        if (part.isEmpty()) {
            return null;
        }
        try {
            Filter test = new FilterCompiler(catalog).compile(part);
            return test.events().isAll() && driver.startMuting() ? new UnwantedThreads(test, driver) : null;
        } catch (FilterException impossible) {
            throw new IllegalStateException("a part of a filter is none: " + part, impossible);
        }
    }

    /** The filter has refused the current event. */
    void refused(EventContext context) {
        ThreadInfo thread = context.state().thread();
        long tid = context.event().tid();
        if (context.eventCode() == EventCodes.PPME_PROCEXIT_1_E) {
            driver.unmute(tid);
        } else if (thread != null && thread.tid == tid && thread.comm != ThreadInfo.NOT_AVAILABLE
                && !context.state().doubts(thread) && !test.matches(context)) {
            driver.mute(tid, context.event().timestamp());
        }
    }

    /** Events were lost, as the current one tells. */
    void lost() {
        driver.unmuteAll();
    }
}
