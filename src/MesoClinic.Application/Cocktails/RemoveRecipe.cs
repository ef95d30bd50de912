using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Data;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Cocktails;

/// <summary>Takes a recipe out of the list. Sessions that were mixed by it keep their own lines.</summary>
public static class RemoveRecipe
{
    [Requires(Permission.ReadLots)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid RecipeId { get; set; }
    }

    internal sealed class Handler(ClinicDbContext db, CurrentUser user, RuleBook book, AuditTrail trail) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            if (await db.Recipes.SingleOrDefaultAsync(r => r.Id == command.RecipeId && (r.OwnerId == null || r.OwnerId == user.Id), token) is not { } recipe)
            {
                return new Failure.NotFound();
            }

            if (!user.May(recipe.OwnerId is null ? Permission.ManageLots : Permission.RecordSessions))
            {
                return new Failure.Forbidden();
            }

            trail.Concerns(null, recipe.Id);
            trail.Changed(CatalogueChanges.All(CatalogueChanges.Of(recipe, await CatalogueChanges.ProductsAsync(db, recipe.Lines, token), book)));
            db.Recipes.Remove(recipe);
            await db.SaveChangesAsync(token);
            return default(Done);
        }
    }
}
