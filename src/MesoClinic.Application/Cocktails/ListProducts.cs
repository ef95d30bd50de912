using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain.Cocktails;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Cocktails;

/// <summary>The clinic's catalogue.</summary>
public static class ListProducts
{
    [Requires(Permission.ReadLots)]
    public sealed class Query : IQuery<List<ProductRow>>;

    /// <param name="LabelFreeOf">Allergens (alg-…) that the label was checked to be free of.</param>
    /// <param name="AmpouleMl">What one ampoule holds; null = not known.</param>
    public sealed record ProductRow(
        Guid Id, string Name, string Manufacturer, IReadOnlyList<ProductIngredient> Ingredients, IReadOnlyList<string> LabelFreeOf, bool CompositionVerified, bool IsActive, Guid Version, string? Gtin = null, decimal? AmpouleMl = null);

    internal sealed class Handler(ClinicDbContext db) : IRequestHandler<Query, Outcome<List<ProductRow>>>
    {
        public async Task<Outcome<List<ProductRow>>> Handle(Query query, CancellationToken token) =>
            await db.Products.AsNoTracking().OrderBy(p => p.Name)
                .Select(p => new ProductRow(p.Id, p.Name, p.Manufacturer, p.Ingredients, p.LabelFreeOf, p.CompositionVerified, p.IsActive, p.Version, p.Gtin, p.AmpouleMl))
                .ToListAsync(token);
    }
}
