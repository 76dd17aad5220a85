package org.syscope.capture.event;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The generated schema holds what the tables say and agrees with itself. */
final class SchemaTest {

    @Test
    void everyCodeHasAType() {
        assertThat(EventCodes.COUNT).isEqualTo(454);
        for (int code = 0; code < EventCodes.COUNT; code++) {
            EventType type = EventType.of(code);
            assertThat(type.code()).isEqualTo(code);
            for (int i = 0; i < type.parameterCount(); i++) {
                ParameterInfo parameter = type.parameter(i);
                assertThat(type.parameterIndex(parameter.name())).as(type + " " + parameter.name()).isLessThanOrEqualTo(i);
                switch (parameter.type()) {
                    case FLAGS8, FLAGS16, FLAGS32, ENUMFLAGS8, ENUMFLAGS16, ENUMFLAGS32, MODE ->
                            assertThat(parameter.flagTable()).as(type + " " + parameter.name()).isNotNull();
                    case DYN -> assertThat(parameter.dynamicTypes()).isNotNull();
                    default -> assertThat(parameter.dynamicTypes()).isNull();
                }
            }
        }
    }

    @Test
    void numbersAreThoseOfTheDrivers() {
        assertThat(EventType.of(EventCodes.PPME_SYSCALL_OPEN_X).parameter(2).name()).isEqualTo("flags");
        assertThat(EventCodes.PPME_SYSCALL_OPENAT_2_X).isEqualTo(307);
        assertThat(FlagTable.named("file_flags").value("O_CLOEXEC")).isEqualTo(4096);
        assertThat(SyscallTable.byName("openat2").x86Number()).isEqualTo(437);
        assertThat(SyscallTable.byName("openat2").arm64Number()).isEqualTo(437);
        assertThat(SyscallTable.byName("read").arm64Number()).isEqualTo(63);
        assertThat(SyscallTable.byCode(SyscallTable.byName("read").code()).name()).isEqualTo("read");
    }

    @Test
    void parameterWidthsAreTheirTypes() {
        assertThat(ParameterType.values()).hasSize(49);
        for (ParameterType type : ParameterType.values()) {
            assertThat(type.ordinal()).isEqualTo(type.code());
        }
    }
}
