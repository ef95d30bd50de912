using MesoClinic.Domain.Cocktails;

namespace MesoClinic.Application.Clinics.Demo;

/// <summary>Products with a lot in use, one to come, and of some one that expires soon, an expired, an empty and a recalled one.</summary>
/// <param name="Recalled">Some sessions weeks ago took from it.</param>
internal sealed record DemoStock(IReadOnlyList<Product> Products, IReadOnlyList<Lot> Lots, Lot Recalled, IReadOnlyDictionary<string, Product> ByIngredient)
{
    public static DemoStock For(IReadOnlyList<DemoProduct> seeds, DateOnly today, DemoIds ids)
    {
        var products = new List<Product>();
        var lots = new List<Lot>();
        foreach (var seed in seeds)
        {
            var product = new Product
            {
                Id = ids.Next(),
                Name = seed.Name,
                Manufacturer = seed.Manufacturer,
                Gtin = seed.Gtin,
                AmpouleMl = seed.AmpouleMl,
                Ingredients = [.. seed.Ingredients],
                LabelFreeOf = [.. seed.LabelFreeOf],
                CompositionVerified = true,
            };
            products.Add(product);
            var tubes = product.IsCream;
            Add(seed, product, 1, receivedDaysAgo: 400, expiresInDays: products.Count == 8 ? 18 : 60, received: tubes ? 20 : 400, left: tubes ? 3 : 38);
            Add(seed, product, 2, receivedDaysAgo: 30, expiresInDays: 420, received: tubes ? 12 : 120, left: tubes ? 12 : 120);
        }

        Add(seeds[2], products[2], 3, receivedDaysAgo: 500, expiresInDays: -12, received: 40, left: 6);
        Add(seeds[3], products[3], 3, receivedDaysAgo: 200, expiresInDays: 200, received: 30, left: 0);
        var recalled = Add(seeds[1], products[1], 3, receivedDaysAgo: 90, expiresInDays: 300, received: 50, left: 41);
        recalled.RecalledUtc = today.AddDays(-20).ToDateTime(new TimeOnly(9, 0), DateTimeKind.Utc);
        recalled.RecallReason = "The manufacturer found glass particles in a retained sample.";
        return new DemoStock(products, lots, recalled, products.ToDictionary(p => p.Ingredients[0].Ingredient, StringComparer.Ordinal));

        Lot Add(DemoProduct seed, Product product, int serial, int receivedDaysAgo, int expiresInDays, int received, int left)
        {
            var lot = new Lot
            {
                Id = ids.Next(),
                ProductId = product.Id,
                Number = $"{seed.LotPrefix}-{26}{serial:00}{lots.Count:00}",
                ReceivedOn = today.AddDays(-receivedDaysAgo),
                ExpiresOn = today.AddDays(expiresInDays),
                AmpoulesReceived = received,
                AmpoulesLeft = left,
            };
            lots.Add(lot);
            return lot;
        }
    }

    /// <summary>The lot in use of each product that holds one of these ingredients; at most three.</summary>
    /// <param name="fromRecalled">Of its product the lot that was recalled later.</param>
    public IReadOnlyList<(Product Product, Lot Lot)> CocktailOf(IEnumerable<string> ingredients, bool fromRecalled = false) =>
        [.. ingredients.Where(ByIngredient.ContainsKey).Take(3).Select(i => ByIngredient[i]).Select(product => (product, fromRecalled && Recalled.ProductId == product.Id ? Recalled : Lots.First(lot => lot.ProductId == product.Id)))];
}
