package io.fovea.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fovea.problem.Problem;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An address of a file")
class FileAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"hdfs://name:8020/photos", "hdfs:///a b.png", "s3a://bucket/x", "viewfs://here/x", "HDFS://n/x"})
    void is_of_other_storage_by_its_scheme_and_is_refused_where_a_file_is_expected(String word) {
        assertThat(FileAddress.isOne(word)).isTrue();
        assertThatThrownBy(() -> FileAddress.refuse(word)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.what())
                    .isEqualTo("Expected a file or folder of this machine, found the address \"" + word + "\".");
            assertThat(problem.remedy()).contains("--on");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pets.fovea", "/a/b.png", "digits/2", "C:/x", "file:/x", "File:///x", "a:b/c", "/a:/b"})
    void is_none_where_this_machine_is_meant(String word) {
        assertThat(FileAddress.isOne(word)).isFalse();
        assertThatCode(() -> FileAddress.refuse(word)).doesNotThrowAnyException();
    }
}
