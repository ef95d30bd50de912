using FluentValidation;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Data;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Cocktails;

/// <summary>Puts a product into the clinic's catalogue, as its label describes it.</summary>
public static class AddProduct
{
    [Requires(Permission.ManageLots)]
    public sealed class Command : ProductForm, ICommand<Guid>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => Include(new ProductForm.Rules());
    }

    internal sealed class Handler(ClinicDbContext db, RuleBook book, AuditTrail trail) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            if (command.Check(book) is { } refusal)
            {
                return refusal;
            }

            var name = command.Name.Trim();
            if (await db.Products.AnyAsync(p => p.Name == name, token))
            {
                return new Failure.Invalid(nameof(Command.Name), "A product of this name is in the catalogue already. Change that one, or tell them apart by name.");
            }

            if (command.Gtin is not null && await db.Products.Where(p => p.Gtin == command.Gtin).Select(p => p.Name).FirstOrDefaultAsync(token) is { } other)
            {
                return new Failure.Invalid(nameof(Command.Barcode), $"{other} has this barcode already. One barcode stands for one product.");
            }

            var product = new Product { Name = name };
            command.ApplyTo(product);
            db.Products.Add(product);
            trail.Concerns(null, product.Id);
            trail.Changed(CatalogueChanges.All(CatalogueChanges.Of(product, book)));
            await db.SaveChangesAsync(token);
            return product.Id;
        }
    }
}
