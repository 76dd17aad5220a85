package org.syscope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Defaults come from the user's file, and the command line counts more. */
class ConfigurationFileTest {

    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("config"), text);
    }

    @Test
    void thePlaceFollowsTheEnvironment() {
        assertThat(ConfigurationFile.place(Map.of("XDG_CONFIG_HOME", "/x", "HOME", "/h"))).hasToString("/x/syscope/config");
        assertThat(ConfigurationFile.place(Map.of("HOME", "/h"))).hasToString("/h/.config/syscope/config");
        assertThat(ConfigurationFile.place(Map.of())).isNull();
    }

    @Test
    void aMissingFileIsNone() throws UsageException {
        assertThat(ConfigurationFile.read(folder.resolve("none"))).isEmpty();
        assertThat(ConfigurationFile.read(null)).isEmpty();
    }

    @Test
    void theCommandLineCountsMore() throws Exception {
        Path file = file("# mine\n\n print = %evt.num = %evt.type \nsnaplen=100\njson\n");
        Settings settings = new Settings(CommandWords.parse(List.of("-s", "7")), ConfigurationFile.read(file));
        assertThat(settings.value(Option.PRINT)).isEqualTo("%evt.num = %evt.type");
        assertThat(settings.snaplen()).isEqualTo(7);
        assertThat(settings.has(Option.JSON)).isTrue();
    }

    @Test
    void mistakesNameFileAndLine() throws IOException {
        Path file = file("json\nwritefile = x\n");
        assertThatThrownBy(() -> ConfigurationFile.read(file)).isInstanceOf(UsageException.class)
                .hasMessageStartingWith(file + ", line 2: 'writefile' cannot be set here; what can: color, ");
        file("json = 1");
        assertThatThrownBy(() -> ConfigurationFile.read(file)).hasMessage(file + ", line 1: json takes no value");
        file("print");
        assertThatThrownBy(() -> ConfigurationFile.read(file)).hasMessage(file + ", line 1: print needs a value");
    }
}
