package io.fovea.spring.shop;

import io.fovea.predict.Classifier;
import java.io.IOException;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** An application as people write one; docs/spring.md quotes it. */
@SpringBootApplication
public class Shop {

    @RestController
    static class Pictures {
        private final Classifier classifier;

        Pictures(Classifier classifier) {
            this.classifier = classifier;
        }

        @PostMapping("/brightness")
        String brightness(@RequestParam("picture") MultipartFile picture) throws IOException {
            return classifier.classify(picture.getBytes()).best().name();
        }
    }
}
