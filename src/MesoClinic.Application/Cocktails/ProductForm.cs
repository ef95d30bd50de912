using FluentValidation;
using MesoClinic.Domain;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Domain.Sessions;
using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Application.Cocktails;

/// <summary>What is entered of a product's label, when it is added and when it is changed.</summary>
public abstract class ProductForm
{
    public string Name { get; set; } = "";
    public string Manufacturer { get; set; } = "";

    /// <summary>What a scanner reads off the pack, or the digits under the barcode; empty = none.</summary>
    public string? Barcode { get; set; }

    /// <summary>What one ampoule, vial or syringe holds, in ml; null = not known.</summary>
    public decimal? AmpouleMl { get; set; }
    public List<LabelIngredient> Ingredients { get; set; } = [];

    /// <summary>Allergens (alg-…) that the label was checked to be free of.</summary>
    public List<string> LabelFreeOf { get; set; } = [];
    public bool CompositionVerified { get; set; }

    public sealed class LabelIngredient
    {
        /// <summary>ing-… or exc-….</summary>
        public string Ingredient { get; set; } = "";

        /// <summary>In mg/ml; null = the label gives none.</summary>
        public decimal? MgPerMl { get; set; }
    }

    /// <summary>The product's number out of the barcode; null = none was given, or it is none.</summary>
    internal string? Gtin => string.IsNullOrWhiteSpace(Barcode) ? null : Gs1Label.Read(Barcode)?.Gtin;

    /// <summary>Writes the form onto the product.</summary>
    internal void ApplyTo(Product product)
    {
        product.Name = Name.Trim();
        product.Manufacturer = Manufacturer.Trim();
        product.Gtin = Gtin;
        product.AmpouleMl = AmpouleMl;
        product.Ingredients = [.. Ingredients.Select(i => new ProductIngredient(i.Ingredient, i.MgPerMl))];
        product.LabelFreeOf = [.. LabelFreeOf.Distinct(StringComparer.Ordinal)];
        product.CompositionVerified = CompositionVerified;
    }

    /// <summary>Ids that the tables do not know, and a label that contradicts itself.</summary>
    internal Failure? Check(RuleBook book)
    {
        for (var i = 0; i < Ingredients.Count; i++)
        {
            if (!book.Ingredients.TryGetValue(Ingredients[i].Ingredient, out var ingredient))
            {
                return new Failure.Invalid($"Ingredients[{i}].Ingredient", "This ingredient is not in the tables. Choose one of the list.");
            }

            if (ingredient.Allergens.Intersect(LabelFreeOf, StringComparer.Ordinal).FirstOrDefault() is { } contained)
            {
                var title = book.Allergens.TryGetValue(contained, out var allergen) ? allergen.Title : contained;
                return new Failure.Invalid(nameof(LabelFreeOf), $"{ingredient.Title} itself contains {title}, so the product cannot be free of it.");
            }
        }

        if (Ingredients.Exists(i => i.Ingredient == Session.CreamIngredient) && Ingredients.Exists(i => i.Ingredient != Session.CreamIngredient && book.Ingredients[i.Ingredient].Status != IngredientStatus.Excipient))
        {
            return new Failure.Invalid(nameof(Ingredients), "A cream lies on the skin and is not mixed: enter it as a product of its own.");
        }

        return LabelFreeOf.All(book.Allergens.ContainsKey) ? null : new Failure.Invalid(nameof(LabelFreeOf), "One of these allergens is not in the tables.");
    }

    internal sealed class Rules : AbstractValidator<ProductForm>
    {
        private const decimal LargestAmpouleMl = 100;

        public Rules()
        {
            RuleFor(form => form.Name).Must(name => !string.IsNullOrWhiteSpace(name)).WithMessage("Give the product's name as it stands on the label.")
                .MaximumLength(Limits.Name).WithMessage($"The name can have up to {Limits.Name} characters.");
            RuleFor(form => form.Manufacturer).MaximumLength(Limits.Line).WithMessage($"The manufacturer can have up to {Limits.Line} characters.");
            RuleFor(form => form.Barcode).Must((form, barcode) => string.IsNullOrWhiteSpace(barcode) || form.Gtin is not null).WithMessage("This is no product number: it has 8, 12, 13 or 14 digits, and the last one must fit. Scan it, or leave it empty.");
            RuleFor(form => form.AmpouleMl).Must(ml => ml is null or (> 0 and <= LargestAmpouleMl)).WithMessage("Write what one ampoule holds as a number above 0 and up to 100 ml, or leave it empty.")
                .PrecisionScale(12, 4, ignoreTrailingZeros: true).WithMessage("Four digits after the point are enough.");
            RuleFor(form => form.Ingredients).NotEmpty().WithMessage("Add at least one ingredient: without it nothing can be checked.");
            RuleFor(form => form.Ingredients).Must(list => list.Select(i => i.Ingredient).Distinct(StringComparer.Ordinal).Count() == list.Count)
                .WithMessage("An ingredient stands in the list twice.");
            RuleForEach(form => form.Ingredients).ChildRules(line =>
            {
                line.RuleFor(i => i.Ingredient).NotEmpty().WithMessage("Choose the ingredient.");
                line.RuleFor(i => i.MgPerMl).Must(mg => mg is null or (> 0 and <= 2000)).WithMessage("Write mg/ml as a number above 0 and up to 2000, or leave it empty.");
            });
        }
    }
}
