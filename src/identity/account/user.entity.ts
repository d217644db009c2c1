import { defineEntity, p } from '@mikro-orm/postgresql';
import { Field, ID, ObjectType } from 'type-graphql';

/** The columns that the app role may see. Password and second factor are the sign-in role's alone. */
const UserSchema = defineEntity({
  name: 'User',
  tableName: 'user_account',
  properties: {
    id: p.uuid().primary(),
    email: p.string().columnType('citext'),
    name: p.text(),
    locale: p.text(),
    totpConfirmedAt: p.datetime().nullable(),
    disabledAt: p.datetime().nullable(),
    // Lazy, so that MikroORM names the columns it reads: `select *` would need all of them granted.
    createdAt: p.datetime().lazy(),
    updatedAt: p.datetime(),
  },
});

/** A person with an account. */
@ObjectType({
  description: 'A person with an account. Seen by themselves and by the administrators of their organizations.',
})
export class User extends UserSchema.class {
  @Field(() => ID, { description: 'A UUID.' })
  override id!: string;

  @Field(() => String, { description: 'The name colleagues see.' })
  override name!: string;

  @Field(() => String, { description: 'The address one signs in with.' })
  override email!: string;

  @Field(() => String, { description: 'The language the hub speaks to them: `en` or `es`.' })
  override locale!: string;
}
UserSchema.setClass(User);
