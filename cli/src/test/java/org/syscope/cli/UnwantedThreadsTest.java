package org.syscope.cli;

import org.junit.jupiter.api.Test;
import org.syscope.capture.state.SystemState;
import org.syscope.filters.field.FieldCatalog;
import org.syscope.filters.field.FieldEnvironment;
import org.syscope.filters.field.StandardFields;
import org.syscope.filters.lang.FilterParser;

import static org.assertj.core.api.Assertions.assertThat;

class UnwantedThreadsTest {

    private final FieldCatalog catalog = StandardFields.catalog(FieldEnvironment.of(new SystemState(null)));

    private String part(String filter) throws Exception {
        return UnwantedThreads.part(FilterParser.parse(filter), catalog).replace("\"", "");
    }

    @Test
    void thePartOfAFilterThatIsAboutTheThreadAlone() throws Exception {
        assertThat(part("proc.name=nginx")).isEqualTo("proc.name = nginx");
        assertThat(part("evt.type=read and not proc.name=sh and proc.pid in (1, 2)"))
                .isEqualTo("not proc.name = sh and proc.pid in (1, 2)");
        assertThat(part("(proc.name=a or proc.cmdline contains b) and fd.name=c"))
                .isEqualTo("(proc.name = a or proc.cmdline contains b)");
    }

    @Test
    void whatOthersCanChangeIsNoPartOfIt() throws Exception {
        assertThat(part("proc.name=a or evt.type=read")).isEmpty();
        assertThat(part("proc.pname=a and fd.num=3")).isEmpty();
        assertThat(part("proc.aname=a and user.name=b and evt.res=EBADF")).isEmpty();
        assertThat(part("(proc.name=a or proc.pname=b) and thread.tid > 5")).isEqualTo("thread.tid > 5");
    }
}
