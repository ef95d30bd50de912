using FluentValidation;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Application.Sessions;
using MesoClinic.Data;
using MesoClinic.Domain;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Domain.Sessions;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Cocktails;

/// <summary>Keeps a cocktail to be mixed again: a clinician for themselves, a manager for the clinic.</summary>
public static class SaveRecipe
{
    [Requires(Permission.ReadLots)]
    public sealed class Command : ICommand<Guid>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();

        /// <summary>Null = a new one.</summary>
        public Guid? RecipeId { get; set; }
        public Guid Version { get; set; }
        public string Name { get; set; } = "";

        /// <summary>For everybody; else one's own. Only a new recipe chooses.</summary>
        public bool ForClinic { get; set; }
        public List<Line> Lines { get; set; } = [];
    }

    public sealed class Line
    {
        public Guid? ProductId { get; set; }

        /// <summary>ing-…: any product that holds it.</summary>
        public string? Ingredient { get; set; }
        public decimal? VolumeMl { get; set; }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Name).Must(name => !string.IsNullOrWhiteSpace(name)).WithMessage("Give the recipe a name.").MaximumLength(Limits.Name).WithMessage($"The name can have up to {Limits.Name} characters.");
            RuleFor(c => c.Lines).NotEmpty().WithMessage("Add at least one product or ingredient.");
            RuleFor(c => c.Lines).Must(lines => lines.Count <= Recipe.MostLines).WithMessage($"A recipe has up to {Recipe.MostLines} lines.");
            RuleForEach(c => c.Lines).ChildRules(line =>
            {
                line.RuleFor(l => l.ProductId).Must((l, product) => product is null != l.Ingredient is null).WithMessage("Choose a product or an ingredient.");
                line.RuleFor(l => l.VolumeMl).Must(SaveSessionDraft.Validator.IsLineVolume).WithMessage(SaveSessionDraft.Validator.LineVolumeMessage);
                line.RuleFor(l => l.VolumeMl).PrecisionScale(12, 4, ignoreTrailingZeros: true).WithMessage("Four digits after the point are enough.");
            });
        }
    }

    internal sealed class Handler(ClinicDbContext db, CurrentUser user, RuleBook book, AuditTrail trail) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            var recipe = await db.Recipes.SingleOrDefaultAsync(r => r.Id == command.RecipeId, token);
            if (command.RecipeId is not null && (recipe is null || (recipe.OwnerId is not null && recipe.OwnerId != user.Id)))
            {
                return new Failure.NotFound();
            }

            var forClinic = recipe is null ? command.ForClinic : recipe.OwnerId is null;
            if (!user.May(forClinic ? Permission.ManageLots : Permission.RecordSessions))
            {
                return new Failure.Forbidden();
            }

            if (recipe is not null && recipe.Version != command.Version)
            {
                return new Failure.Stale();
            }

            var (name, owner) = (command.Name.Trim(), forClinic ? (Guid?)null : user.RequiredId);
            if (await CheckAsync(command, recipe?.Id, name, owner, token) is { } problem)
            {
                return problem;
            }

            var lines = command.Lines.ConvertAll(l => new RecipeLine(l.ProductId, l.Ingredient, l.VolumeMl));
            var products = await CatalogueChanges.ProductsAsync(db, [.. lines, .. recipe?.Lines ?? []], token);
            var before = recipe is null ? null : CatalogueChanges.Of(recipe, products, book);
            if (recipe is null)
            {
                db.Recipes.Add(recipe = new Recipe { Name = name, OwnerId = owner });
            }

            (recipe.Name, recipe.Lines) = (name, lines);
            var after = CatalogueChanges.Of(recipe, products, book);
            trail.Concerns(null, recipe.Id);
            trail.Changed(before is null ? CatalogueChanges.All(after) : CatalogueChanges.Between(before, after));
            await db.SaveChangesAsync(token);
            return recipe.Id;
        }

        private async Task<Failure?> CheckAsync(Command command, Guid? id, string name, Guid? owner, CancellationToken token)
        {
            if (await db.Recipes.AnyAsync(r => r.Name == name && r.OwnerId == owner && r.Id != id, token))
            {
                return new Failure.Invalid(nameof(Command.Name), "There is a recipe of this name already. Change that one, or choose another name.");
            }

            var products = command.Lines.ConvertAll(l => l.ProductId).OfType<Guid>().ToList();
            var known = await db.Products.AsNoTracking().Where(p => products.Contains(p.Id)).ToListAsync(token);
            var cream = command.Lines.FindIndex(l => l.Ingredient == Session.CreamIngredient || known.Exists(p => p.Id == l.ProductId && p.IsCream));
            var wrong = command.Lines.FindIndex(l => l.ProductId is { } product ? !known.Exists(p => p.Id == product) : !book.Ingredients.ContainsKey(l.Ingredient!));
            return cream >= 0 ? new Failure.Invalid($"Lines[{cream}].ProductId", "This is a cream: it is never mixed.")
                : wrong >= 0 ? new Failure.Invalid($"Lines[{wrong}].ProductId", "This is not in the catalogue. Choose one of the list.")
                : null;
        }
    }
}
