using FluentValidation;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Data;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Cocktails;

/// <summary>Corrects what the catalogue says of a product. Signed sessions keep the label as it read then.</summary>
public static class EditProduct
{
    [Requires(Permission.ManageLots)]
    public sealed class Command : ProductForm, ICommand<Guid>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid ProductId { get; set; }
        public Guid Version { get; set; }

        /// <summary>Off: it can no longer be received or used.</summary>
        public bool IsActive { get; set; } = true;
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => Include(new ProductForm.Rules());
    }

    internal sealed class Handler(ClinicDbContext db, RuleBook book, AuditTrail trail) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            if (await db.Products.SingleOrDefaultAsync(p => p.Id == command.ProductId, token) is not { } product)
            {
                return new Failure.NotFound();
            }

            if (product.Version != command.Version)
            {
                return new Failure.Stale();
            }

            if (command.Check(book) is { } refusal)
            {
                return refusal;
            }

            var name = command.Name.Trim();
            if (await db.Products.AnyAsync(p => p.Name == name && p.Id != product.Id, token))
            {
                return new Failure.Invalid(nameof(Command.Name), "Another product of the catalogue has this name.");
            }

            if (command.Gtin is not null && await db.Products.Where(p => p.Gtin == command.Gtin && p.Id != product.Id).Select(p => p.Name).FirstOrDefaultAsync(token) is { } other)
            {
                return new Failure.Invalid(nameof(Command.Barcode), $"{other} has this barcode already. One barcode stands for one product.");
            }

            var before = CatalogueChanges.Of(product, book);
            command.ApplyTo(product);
            product.IsActive = command.IsActive;
            trail.Concerns(null, product.Id);
            trail.Changed(CatalogueChanges.Between(before, CatalogueChanges.Of(product, book)));
            await db.SaveChangesAsync(token);
            return product.Version;
        }
    }
}
