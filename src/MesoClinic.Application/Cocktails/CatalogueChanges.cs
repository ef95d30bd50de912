using System.Globalization;
using MesoClinic.Data;
using MesoClinic.Domain.Audit;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Cocktails;

/// <summary>What changed of a product's label or of a recipe, field by field and in words: the audit trail keeps it, because what was injected is judged by it.</summary>
internal static class CatalogueChanges
{
    /// <param name="Items">One, or several of which each may come or go.</param>
    public sealed record Field(string Name, IReadOnlyList<string> Items);

    public static IReadOnlyList<Field> Of(Product product, RuleBook book) =>
    [
        new("Name", [product.Name]),
        new("Manufacturer", Given(product.Manufacturer)),
        new("Barcode", Given(product.Gtin)),
        new("Ampoule", Given(Ml(product.AmpouleMl))),
        new("Ingredients", [.. product.Ingredients.Select(part => $"{Ingredient(part.Ingredient, book)}{(part.MgPerMl is { } mg ? string.Create(CultureInfo.InvariantCulture, $" {mg:0.####} mg/ml") : null)}")]),
        new("Free of", [.. product.LabelFreeOf.Select(id => book.Allergens.TryGetValue(id, out var allergen) ? allergen.Title : id)]),
        new("Composition", [product.CompositionVerified ? "checked" : "not checked"]),
        new("Catalogue", [product.IsActive ? "offered" : "no longer offered"]),
    ];

    /// <param name="products">Names of the products in its lines.</param>
    public static IReadOnlyList<Field> Of(Recipe recipe, IReadOnlyDictionary<Guid, string> products, RuleBook book) =>
    [
        new("Name", [recipe.Name]),
        new("For", [recipe.OwnerId is null ? "the clinic" : "its owner"]),
        new("Lines", [.. recipe.Lines.Select(line => $"{(line.ProductId is { } id ? products.GetValueOrDefault(id, "a product") : Ingredient(line.Ingredient!, book))}{(Ml(line.VolumeMl) is { } ml ? $" {ml}" : null)}")]),
    ];

    /// <summary>Names of the products in these lines.</summary>
    public static async Task<IReadOnlyDictionary<Guid, string>> ProductsAsync(ClinicDbContext db, IReadOnlyList<RecipeLine> lines, CancellationToken token)
    {
        var ids = lines.Select(line => line.ProductId).OfType<Guid>().ToList();
        return await db.Products.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, token);
    }

    /// <summary>"Name: Hyal 1 → Hyal 2. Ingredients: + Procaine 20 mg/ml, − Lidocaine 10 mg/ml."; empty where nothing changed.</summary>
    public static string Between(IReadOnlyList<Field> before, IReadOnlyList<Field> after) => Shortened(after.Zip(before).Select(pair => Difference(pair.First, pair.Second.Items)).OfType<string>());

    /// <summary>All that it says, of what is new or taken away.</summary>
    public static string All(IReadOnlyList<Field> fields) => Shortened(fields.Where(field => field.Items.Count > 0).Select(field => $"{field.Name}: {string.Join(", ", field.Items)}."));

    private static string? Difference(Field now, IReadOnlyList<string> before)
    {
        var (added, gone) = (now.Items.Except(before, StringComparer.Ordinal).ToList(), before.Except(now.Items, StringComparer.Ordinal).ToList());
        return (added, gone) switch
        {
            ([], []) => now.Items.SequenceEqual(before, StringComparer.Ordinal) ? null : $"{now.Name}: in another order.",
            ([var to], [var from]) => $"{now.Name}: {from} → {to}.",
            _ => $"{now.Name}: {string.Join(", ", added.Select(item => $"+ {item}").Concat(gone.Select(item => $"− {item}")))}.",
        };
    }

    private static string Shortened(IEnumerable<string> sentences)
    {
        var text = string.Join(" ", sentences);
        return text.Length <= AuditEntry.LongestDetail ? text : $"{text[..(AuditEntry.LongestDetail - 1)]}…";
    }

    private static string Ingredient(string id, RuleBook book) => book.Ingredients.TryGetValue(id, out var known) ? known.Title : id;

    private static string? Ml(decimal? ml) => ml is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:0.####} ml") : null;

    private static IReadOnlyList<string> Given(string? text) => string.IsNullOrEmpty(text) ? [] : [text];
}
