package org.syscope.filters.eval;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.state.SystemState;
import org.syscope.filters.field.FieldEnvironment;
import org.syscope.filters.field.StandardFields;
import org.syscope.filters.lang.FilterException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Filters over the real fields: what their names suggest, and what the real schema lets a filter know of itself. */
final class StandardFilterTest {
    private static final FilterCompiler COMPILER = new FilterCompiler(
            StandardFields.catalog(FieldEnvironment.of(new SystemState(null))));

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
        evt.type=openn        ~ 9  ~ unknown event type openn ~ open
        evt.type=openn        ~ 9  ~ unknown event type openn ~ openat
        proc.nam=cat          ~ 0  ~ filter_check called with nonexistent field proc.nam ~ proc.name
        fd.port=abc           ~ 8  ~ unrecognized protocol abc ~ ``
        proc.name=            ~ 10 ~ expected a string value or a field with a valid transformer ~ ``
        proc.name=a and       ~ 15 ~ expected blank or '(' after 'and' ~ ``
        evt.arg.flagz=a       ~ 0  ~ unknown event argument flagz ~ flags
        pid=1                 ~ 3  ~ unexpected token after 'pid', expecting 'or', 'and' ~ proc.pid
        evt.rawarg.addr=1     ~ 15 ~ '=' operator not supported for type 'PT_SOCKADDR' ~ ``
        """)
    void errorsTeach(String filter, int position, String message, String suggestion) {
        FilterException error = catchThrowableOfType(FilterException.class, () -> COMPILER.compile(filter));
        assertThat(error.getMessage()).startsWith(message);
        assertThat(error.position()).isEqualTo(position);
        if (!suggestion.isEmpty()) {
            assertThat(error.suggestions()).contains(suggestion);
        }
    }

    @Test
    void anUnknownFlagIsDoubted() throws FilterException {
        assertThat(COMPILER.compile("evt.arg.flags contains O_CRAET").warnings())
                .singleElement().asString().startsWith("no flag of 'flags' is called O_CRAET: did you mean O_CREAT");
        for (String good : new String[] {"evt.arg.flags contains O_CREAT", "evt.arg.flags contains O_CR",
            "evt.arg.flags=O_RDWR|O_CREAT", "evt.arg.res=ENOENT", "evt.arg.name contains O_CRAET"}) {
            assertThat(COMPILER.compile(good).warnings()).as(good).isEmpty();
        }
    }

    @Test
    void knowsTheEventsOfTheSchema() throws FilterException {
        Filter filter = COMPILER.compile("evt.type in (open, getcwd) and proc.name=cat");
        assertThat(filter.events().contains(EventCodes.PPME_SYSCALL_OPEN_X, -1)).isTrue();
        assertThat(filter.events().contains(EventCodes.PPME_SYSCALL_CLOSE_X, -1)).isFalse();
        assertThat(COMPILER.compile("evt.arg.flags exists").parameters()).containsExactly("flags");
    }
}
