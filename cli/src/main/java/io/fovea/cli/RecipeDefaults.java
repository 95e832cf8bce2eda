package io.fovea.cli;

import io.fovea.lab.NetworkRecipe;
import io.fovea.lab.Recipe;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The values of a lab's recipe, for options that nobody gives and for their description. */
final class RecipeDefaults implements IDefaultValueProvider {

    @Override
    public String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) return null; // as picocli says that there is no value
        NetworkRecipe network = Recipe.named(argument.command().name()).network();
        return switch (option.longestName()) {
            case "--network" -> network.network().orElseThrow();
            case "--epochs" -> Integer.toString(network.epochs());
            case "--batch-size" -> Integer.toString(network.batchSize());
            case "--pretrained" -> network.pretrained().orElseThrow();
            case "--copies" -> Integer.toString(network.copies().orElseThrow());
            default -> null;
        };
    }
}
