using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Cocktails;

/// <summary>One's own recipes, the clinic's, and what the tables usually inject for an indication.</summary>
public static class ListRecipes
{
    [Requires(Permission.ReadLots)]
    public sealed class Query : IQuery<List<RecipeRow>>
    {
        /// <summary>Adds the ingredients of its protocol (ind-…).</summary>
        public string? Indication { get; set; }
    }

    public enum RecipeSource
    {
        Own,
        Clinic,
        Protocol,
    }

    /// <param name="Id">Empty for a protocol.</param>
    /// <param name="MayChange">Its owner, or a manager for the clinic's.</param>
    public sealed record RecipeRow(Guid Id, string Name, RecipeSource Source, IReadOnlyList<RecipeLine> Lines, bool MayChange, Guid Version);

    internal sealed class Handler(ClinicDbContext db, CurrentUser user, RuleBook book) : IRequestHandler<Query, Outcome<List<RecipeRow>>>
    {
        public async Task<Outcome<List<RecipeRow>>> Handle(Query query, CancellationToken token)
        {
            var me = user.RequiredId;
            var recipes = await db.Recipes.AsNoTracking().Where(r => r.OwnerId == null || r.OwnerId == me).OrderBy(r => r.OwnerId == null).ThenBy(r => r.Name).ToListAsync(token);
            var rows = recipes.ConvertAll(r => new RecipeRow(r.Id, r.Name, r.OwnerId is null ? RecipeSource.Clinic : RecipeSource.Own, r.Lines, r.OwnerId == me || user.May(Permission.ManageLots), r.Version));
            if (query.Indication is { } id && book.Indications.TryGetValue(id, out var indication) && indication.TypicalIngredients.Count > 0)
            {
                rows.Add(new RecipeRow(Guid.Empty, indication.Title, RecipeSource.Protocol, [.. indication.TypicalIngredients.Where(book.Ingredients.ContainsKey).Select(i => new RecipeLine(null, i, null))], false, Guid.Empty));
            }

            return rows;
        }
    }
}
